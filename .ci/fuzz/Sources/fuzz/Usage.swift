// What one input takes, and what it may take.

import Foundation

/// Processor time and memory since this value was made.
struct Usage {
  private let start = Self.seconds
  private let resident: Int

  init() {
    // From here on the kernel keeps a new peak.
    do {
      try FileHandle(forWritingTo: URL(fileURLWithPath: "/proc/self/clear_refs")).write(contentsOf: Data("5".utf8))
    } catch {
      fatalError("no peak of memory can be kept: \(error)")
    }
    resident = Self.kilobytes("VmRSS:")
  }

  /// Bounds well beyond what inputs take with every access checked, and far below what a loop or an array takes whose
  /// length an input chose.
  func check(bytes: Int) {
    let seconds = Self.seconds - start
    if seconds > 5 + Double(bytes) * 20e-6 { fatalError("\(bytes) bytes took \(seconds) s") }
    let kilobytes = Self.kilobytes("VmHWM:") - resident
    if kilobytes > 64 * 1024 + bytes / 4 { fatalError("\(bytes) bytes took \(kilobytes) KiB") }
  }

  private static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private static func kilobytes(_ name: String) -> Int {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").dropLast().last.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}
