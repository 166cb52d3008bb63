// Tunings: what profiles hold and what of it an engine takes. That results do not depend on any of it stands with the
// results: ColumnArithmeticTests here, RoundTripTests of proofs.

import ApusField
import ApusTestSupport
import Synchronization
import Testing

@Suite struct TuningTests {
  @Test func aProfileGivesBackWhatWasWritten() throws {
    for tuning in Tuning.absurd + [Tuning()] {
      let file = try ProfileFile(tuning)
      #expect(try Tuning(profile: file.path) == tuning)
    }
  }

  @Test func profilesThatCannotBeUsed() throws {
    #expect(throws: TuningError.unreadable(path: "/none/x", reason: "No such file or directory")) {
      try Tuning(profile: "/none/x")
    }
    let nested = try ProfileFile { _ in "{\"format\": {}}" }
    #expect(
      throws: TuningError.malformed(
        path: nested.path, position: 11, reason: "expected a string or a whole number from 0, found '{'")
    ) { try Tuning(profile: nested.path) }
    let other = try ProfileFile { $0.replacing("\"cpu_stepping\": ", with: "\"cpu_stepping\": 9") }
    do {
      _ = try Tuning(profile: other.path)
      Issue.record("a profile of another processor was taken")
    } catch {
      #expect(error.isAboutProcessor)
      #expect("\(error)".hasPrefix("\(other.path) is not for this machine: made on "), "\(error)")
    }
  }

  // MARK: Engines

  @Test func anEngineTakesThreadsWithinTheMachine() throws {
    var tuning = Tuning()
    let usable = try Engine().threads
    tuning.threads = 1
    #expect(try Engine(tuning: tuning).threads == 1)
    tuning.threads = 1024
    #expect(try Engine(tuning: tuning).threads == usable)
    // Who asks for a number gets it.
    #expect(try Engine(threads: 5, tuning: tuning).threads == 5)
  }

  @Test func anInstructionSetThatIsAskedForHoldsForAllKernels() throws {
    var tuning = Tuning()
    tuning.instructionSets[.ntt, .small] = .portable
    let engine = try Engine(tuning: tuning)
    let (small, large) = (SizeClass.largeRows - 1, SizeClass.largeRows)
    #expect(engine.instructionSet == .best)
    #expect(engine.instructionSet(for: .ntt, rows: small) == .portable)
    #expect(engine.instructionSet(for: .ntt, rows: large) == .best)
    #expect(engine.instructionSet(for: .field, rows: small) == .best)
    for engine in [try Engine(instructionSet: .best, tuning: tuning), try engine.with(.best)] {
      #expect(engine.instructionSet(for: .ntt, rows: small) == .best)
    }
  }

  @Test func valuesOutOfRangeAreRefused() {
    func refuses<Value>(_ member: WritableKeyPath<Tuning, Value>, _ value: Value, _ problem: String) {
      var tuning = Tuning()
      tuning[keyPath: member] = value
      #expect(throws: EngineError.invalidTuning(problem)) { try Engine(tuning: tuning) }
    }
    refuses(\.threads, -1, "threads is a number from 0 to 1024, not -1")
    refuses(\.threads, 1025, "threads is a number from 0 to 1024, not 1025")
    refuses(\.spinMicroseconds, 51, "spin_microseconds is a number from 0 to 50, not 51")
    refuses(\.blockRows, 0, "block_rows is a power of two from 256 to 65536, not 0")
    refuses(\.blockRows, 4097, "block_rows is a power of two from 256 to 65536, not 4097")
    refuses(\.subtreeLeaves, 64, "subtree_leaves is a power of two from 128 to 65536, not 64")
    refuses(\.splitCells, .max, "split_cells is a number from 0 to 16777216, not \(Int.max)")
  }

  @Test func smallWorkIsNotSplit() throws {
    var tuning = Tuning()
    tuning.splitCells = 1000
    let engine = try Engine(threads: 3, tuning: tuning)
    func pieces(_ count: Int, cells: Int) -> Int {
      let seen = Pieces()
      engine.forEachRange(count, cells: cells) { range, _ in seen.add(range) }
      #expect(seen.indices == count)
      return seen.count
    }
    #expect(pieces(10, cells: 99) == 1)
    #expect(pieces(10, cells: 100) == 10)
    #expect(pieces(0, cells: 100) == 0)
    #expect(pieces(10, cells: Int.max / 2) == 10)
  }

  // MARK: Environment

  private func environment(_ variables: [String: String]) -> EngineEnvironment { EngineEnvironment { variables[$0] } }

  @Test func variablesShapeTheDefault() throws {
    let file = try ProfileFile(Tuning.absurd[0])
    let environment = environment(["APUS_ISA": "portable", "APUS_THREADS": "3", "APUS_TUNING": file.path])
    #expect(environment.instructionSet == .portable)
    #expect(environment.threads == 3)
    #expect(environment.profile == file.path)
    #expect(environment.tuning == Tuning.absurd[0])
    #expect(environment.warnings.isEmpty)
    let nothing = self.environment(["APUS_ISA": "", "APUS_TUNING": ""])
    #expect(nothing.instructionSet == nil && nothing.threads == nil && nothing.profile == nil)
    #expect(nothing.tuning == Tuning() && nothing.warnings.isEmpty)
  }

  @Test func whatCannotBeUsedIsListed() throws {
    let other = try ProfileFile { $0.replacing("\"cpu_count\": ", with: "\"cpu_count\": 7") }
    let environment = environment(["APUS_ISA": "mmx", "APUS_THREADS": "0", "APUS_TUNING": other.path])
    #expect(environment.instructionSet == nil && environment.threads == nil)
    #expect(environment.profile == nil && environment.tuning == Tuning())
    #expect(environment.warnings.count == 3)
    #expect(environment.warnings.prefix(2) == [.instructionSet("mmx"), .threads("0")])
    guard case .tuning(let error) = environment.warnings.last else {
      Issue.record("no warning about the profile")
      return
    }
    #expect(error.isAboutProcessor)
  }
}

/// Pieces that threads were given.
private final class Pieces: Sendable {
  private let ranges = Mutex<[Range<Int>]>([])

  func add(_ range: Range<Int>) { ranges.withLock { $0.append(range) } }
  var count: Int { ranges.withLock { $0.count } }
  var indices: Int { ranges.withLock { $0.reduce(0) { $0 + $1.count } } }
}
