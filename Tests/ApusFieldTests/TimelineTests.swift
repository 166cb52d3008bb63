// What a timeline is told of an engine's runs.

import ApusField
import Testing

@Suite struct TimelineTests {
  @Test(arguments: [1, 3])
  func recordsWhoWorkedWhen(threads: Int) throws {
    let timeline = Timeline()
    let engine = try Engine(threads: threads).recording(timeline)
    var columns = Columns<BabyBear>(rows: 100_000, count: 4, on: engine)
    engine.invert(&columns)
    let spans = timeline.spans
    #expect(!spans.isEmpty)
    for span in spans {
      #expect((0..<threads).contains(span.thread) && .zero <= span.start && span.start <= span.end)
    }
    #expect(spans.contains { $0.name == "Engine+Arithmetic.forEachPiece" })
    // A worker has one span in a run.
    #expect(spans.count <= 2 * threads)
  }

  @Test func enginesOfOtherInstructionSetsRecordToo() throws {
    let timeline = Timeline()
    let engine = try Engine.default.recording(timeline).with(.portable)
    _ = engine.powers(of: BabyBear(3), rows: 1000)
    #expect(!timeline.spans.isEmpty)
  }

  @Test func enginesRecordNothingUnasked() {
    let timeline = Timeline()
    _ = Engine.default.recording(timeline)
    _ = Engine.default.powers(of: BabyBear(3), rows: 1000)
    #expect(timeline.spans.isEmpty)
  }
}
