// How the table for people is laid out.

import ApusBench
import Testing

@Suite struct ReportTextTests {
  @Test func theTableOfAGroup() {
    let bound = Work(
      elements: 4096, butterflies: 24_576, bytes: 32_768, workingSet: 16_384, instructions: 61_440, products: 20_000,
      vectorBytes: 64)
    let report = madeUpReport([
      madeUpResult("NTT forward", median: 12_288, deviation: 100, work: bound),
      madeUpResult("add", median: 1_500), madeUpResult("add", median: 1_000, threads: 2),
    ])
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      Array(lines.drop { $0 != "element-wise" }) == [
        "element-wise",
        "  kernel       field     set      rows  columns  threads    µs   min      ±  ns/element  ns/butterfly  cycles  GB/s  speed-up  bound  of limit",
        "  NTT forward  BabyBear  avx512  4,096        1        1  12.3  12.1  1.2 %        3.00         0.500    1.00  2.67             6.14      50 %  instructions",
        "  add          BabyBear  avx512  4,096        1        1  1.50  1.50  0.0 %       0.366                 0.732",
        "  add          BabyBear  avx512  4,096        1        2  1.00  1.00  0.0 %       0.244                                 1.50×",
        "",
      ])
  }

  @Test func theMachineAndItsLimits() {
    let lines = madeUpReport([], cpu: "Some CPU").text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "Some CPU, 2 threads, 2.50 GHz")
    #expect(lines.contains { $0.hasSuffix("time stamp counter times the measured ratio of the clocks") })
    #expect(lines.contains("  L1        32 KiB        200        100"))
    #expect(lines.contains("  DRAM                   20.0       16.0"))
    #expect(lines.contains("  512-bit             10.0       4.00         40.0                2.00"))
  }
}
