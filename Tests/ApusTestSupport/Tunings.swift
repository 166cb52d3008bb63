// Tunings that nobody would choose, and profiles of this machine in files.

internal import ApusBench
package import ApusField
internal import CApusRuntime
internal import Foundation

extension Tuning {
  /// Legal, and far from the defaults in everything: results must not show it.
  package static let absurd: [Tuning] = {
    var small = Tuning()
    small.threads = 1
    small.blockRows = 256
    small.subtreeLeaves = 128
    small.hugePages = false
    small.spinMicroseconds = 0
    small.instructionSets[.ntt, .small] = .portable
    small.instructionSets[.blake3, .large] = .portable

    var large = Tuning()
    large.threads = 1024
    large.affinity = .spread
    large.blockRows = 65_536
    large.subtreeLeaves = 65_536
    large.splitCells = 1 << 24
    large.spinMicroseconds = 50
    for family in KernelFamily.allCases {
      large.instructionSets[family, .small] = .portable
      large.instructionSets[family, .large] = InstructionSet.allCases.last { $0.isSupported && $0 != .best }
    }

    var mixed = small
    mixed.threads = 3
    mixed.affinity = .compact
    mixed.splitCells = 1000
    mixed.instructionSets[.evaluate, .small] = .portable
    mixed.instructionSets[.field, .large] = .portable
    return [small, large, mixed]
  }()
}

/// A profile in a file of its own, removed with it.
public final class ProfileFile: Sendable {
  public let path: String

  /// - Parameters:
  ///   - tuning: for this machine.
  ///   - change: what to do to the profile's text.
  package init(_ tuning: Tuning = Tuning(), changing change: (String) -> String = { $0 }) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString).profile").path
    try Data(change(try Self.text(tuning)).utf8).write(to: URL(fileURLWithPath: path))
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What `apus tune` would write.
  package static func text(_ tuning: Tuning) throws -> String {
    var processor = apus_processor()
    apus_processor_read(&processor)
    return tuningProfile(try tuning.values(), madeOn: processor)
  }
}
