// Where `apus tune` puts a profile if it is not told.

import Foundation

/// `apus/tuning.profile` in `$XDG_CONFIG_HOME`, or in `~/.config` where that is not set. The
/// directory is made if it is not there.
func defaultTuningPath() throws(Failure) -> String {
  let environment = ProcessInfo.processInfo.environment
  let base: String
  // The XDG specification has relative paths ignored.
  if let path = environment["XDG_CONFIG_HOME"], path.hasPrefix("/") {
    base = path
  } else if let home = environment["HOME"], home.hasPrefix("/") {
    base = home + "/.config"
  } else {
    throw .unusable("neither XDG_CONFIG_HOME nor HOME says where profiles are kept: name a file with --output")
  }
  let directory = base + "/apus"
  do {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  } catch { throw .unusable("cannot make the directory \(directory): \(systemError())") }
  return directory + "/tuning.profile"
}
