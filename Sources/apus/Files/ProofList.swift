// The proofs of one chain in one argument: files and directories, with commas between them.

import Foundation

/// The paths of proof files that an argument stands for, in its order.
///
/// A directory stands for the files in it whose names end in `.proof`, in alphabetic order: that of the chain, as
/// `apus prove headers` names them.
func proofPaths(_ argument: String) throws(Failure) -> [String] {
  var paths: [String] = []
  for path in argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
    guard !path.isEmpty else { throw .unusable("a path is missing in the list of proofs '\(argument)'") }
    paths += isDirectory(path) ? try proofs(in: path) : [path]
  }
  return paths
}

private func isDirectory(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

private func proofs(in directory: String) throws(Failure) -> [String] {
  let names: [String]
  do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
    throw .unusable("cannot read \(directory): \(systemError())")
  }
  // Those whose names start with a dot are hidden, among them proofs that are being written.
  let proofs = names.filter { $0.hasSuffix(".proof") && !$0.hasPrefix(".") }.sorted()
  guard !proofs.isEmpty else { throw .unusable("the directory \(directory) holds no file whose name ends in .proof") }
  return proofs.map { directory + (directory.hasSuffix("/") ? "" : "/") + $0 }
}
