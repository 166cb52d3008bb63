// Progress and cancellation, and several threads at once.

import CApus
import Testing

/// Stages as a callback saw them; it cancels at one of them.
private final class Log {
  var stages: [String] = []
  let cancelAt: Int?
  init(cancelAt: Int? = nil) { self.cancelAt = cancelAt }

  static let report: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UInt32, UInt32) -> Int32 = {
    let log = Unmanaged<Log>.fromOpaque($0!).takeUnretainedValue()
    #expect(Int($2) == log.stages.count && Int($3) == ProgressTests.stages.count)
    log.stages.append(String(cString: $1!))
    return log.cancelAt == Int($2) ? 1 : 0
  }
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}

struct ProgressTests {
  static let stages = ["extension", "commitment", "quotient", "openings", "FRI", "queries", "verification"]

  @Test func everyStageIsReported() throws {
    let (claim, trace) = try CFibonacci.claim(rows: 64)
    let log = Log()
    #expect(claim.prove(trace, on: try makeEngine(), progress: Log.report, context: log.context).status == APUS_OK)
    #expect(log.stages == Self.stages)
  }

  @Test(arguments: 0..<7)
  func cancelled(stage: Int) throws {
    let (claim, trace) = try CFibonacci.claim(rows: 64)
    let (engine, log) = (try makeEngine(), Log(cancelAt: stage))
    let (status, proof) = claim.prove(trace, on: engine, progress: Log.report, context: log.context)
    #expect(status == APUS_CANCELLED)
    #expect(proof.isEmpty)
    #expect(message().contains(Self.stages[stage]), "\(message())")
    #expect(log.stages == Array(Self.stages[...stage]))
    // The engine is as good as before.
    #expect(claim.prove(trace, on: engine).status == APUS_OK)
  }

  /// One engine and one sealed graph, many threads; each thread has its own message.
  @Test func manyThreads() async throws {
    let (claim, trace) = try CFibonacci.claim(rows: 128)
    let engine = try makeEngine()
    let expected = claim.prove(trace, on: engine).proof
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for _ in 0..<5 {
            #expect(claim.prove(trace, on: engine).proof == expected)
            #expect(claim.verify(expected) == APUS_OK)
            #expect(claim.verify(expected, security: "level \(task)") == APUS_INVALID_ARGUMENT)
            #expect(message().contains("level \(task)"), "\(message())")
          }
        }
      }
    }
  }
}
