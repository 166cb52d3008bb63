// Choices by made-up figures, and profiles that are read as they were written.

import ApusBench
import CApusRuntime
import Testing

@Suite struct TuningTests {
  // MARK: Choices

  private func choice(_ medians: [Double], deviation: Double = 0) -> TuningChoice {
    TuningChoice(
      knob: "k", workload: "w", names: medians.indices.map { "c\($0)" },
      times: medians.map { madeUpResult("", median: $0, deviation: deviation).nanoseconds })
  }

  @Test func theDefaultUnlessSomethingIsFaster() {
    #expect(choice([100, 100, 110]).chosen == 0)
    #expect(choice([100, 101]).reason == .fastest)
    #expect(choice([100, 99]).chosen == 0)  // less than a machine wanders by itself
    #expect(choice([100, 99]).reason == .withinNoise)
    #expect(choice([100, 80], deviation: 10).chosen == 0)
    #expect(choice([100, 80]).chosen == 1)
    guard case .faster(let saving) = choice([100, 80]).reason else {
      Issue.record("no reason")
      return
    }
    #expect(abs(saving - 0.2) < 1e-12)
  }

  @Test func theFirstOfThoseThatAreAsFast() {
    #expect(choice([100, 80.5, 80]).chosen == 1)
    #expect(choice([100, 85, 80]).chosen == 2)
    #expect(choice([100]).chosen == 0)
  }

  @Test func explainsItself() {
    #expect(
      choice([100_000, 80_000]).explanation == """
        k: c1, saves 20 % of the default's time
             w    median  spread     best  samples
             c0   100 µs   0.0 %   100 µs        9
          →  c1  80.0 µs   0.0 %  80.0 µs        9

        """)
  }

  // MARK: Search

  private func trial(_ clock: MadeUpClock, _ times: [UInt64]) -> TuningTrial {
    TuningTrial(
      knob: "k", workload: "w",
      candidates: times.enumerated().map { index, time in
        ("c\(index)", { try clock.benchCase("c\(index)", takes: time).prepare() })
      })
  }

  @Test func measuresAllInTurns() throws {
    let clock = MadeUpClock()
    let choice = try TuningSearch(clock: clock, seconds: 1).choose(trial(clock, [3000, 2000, 2500]), shares: 1)
    #expect(choice.chosen == 1 && choice.times.count == 3)
    #expect(choice.times.map(\.median) == [3000, 2000, 2500])
    #expect(clock.nanoseconds < 1_000_000_000)
  }

  @Test func stopsWhenTheTimeIsUp() throws {
    let clock = MadeUpClock()
    let search = TuningSearch(clock: clock, seconds: 0.01)
    #expect(try search.choose(trial(clock, [10_000_000, 1]), shares: 1).times.count == 2)
    let late = try search.choose(trial(clock, [10, 1]), shares: 1)
    #expect(late.chosen == 0 && late.reason == .notMeasured && late.times.isEmpty)
    #expect(late.explanation == "k: c0, not measured, the time was up\n")
    let only = try search.choose(trial(clock, [10]), shares: 1)
    #expect(only.chosen == 0 && only.reason == .onlyCandidate)
  }

  // MARK: Profiles

  @Test func aProfileIsReadAsWritten() {
    var processor = apus_processor()
    apus_processor_read(&processor)
    for pick in [{ $0.preset }, { $0.least }, { $0.most }] as [(apus_knob_range) -> Int32] {
      var tuning = apus_tuning()
      apus_tuning_reset(&tuning)
      for number in 0..<APUS_KNOB_COUNT.rawValue {
        guard let range = apus_tuning_range(apus_knob(number))?.pointee else { continue }
        #expect(apus_tuning_set(&tuning, apus_knob(number), pick(range)) == 1)
      }
      let text = tuningProfile(tuning, madeOn: processor).utf8.map(CChar.init(bitPattern:))
      #expect(text.count < Int(APUS_TUNING_MAXIMUM_BYTES) / 4)
      var (read, madeOn, error) = (apus_tuning(), apus_processor(), apus_tuning_error())
      #expect(apus_tuning_parse(text, text.count, &read, &madeOn, &error) == APUS_TUNING_OK)
      #expect(apus_processor_equal(&madeOn, &processor) == 1)
      for number in 0..<APUS_KNOB_COUNT.rawValue {
        #expect(apus_tuning_get(&read, apus_knob(number)) == apus_tuning_get(&tuning, apus_knob(number)))
      }
    }
  }
}
