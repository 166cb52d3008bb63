// The JSON text says what the report holds, in an order that does not change.

import ApusBench
import Foundation
import Testing

@Suite struct ReportJSONTests {
  private let report = madeUpReport([
    madeUpResult(
      "NTT forward", median: 1.5, deviation: 0.25,
      work: Work(elements: 1, butterflies: 2, bytes: 3, workingSet: 4, instructions: 6, products: 5, vectorBytes: 64))
  ])

  @Test func theText() {
    #expect(
      report.json == #"""
        {
          "format": "apus bench",
          "version": 2,
          "machine": {"cpu": "Made \"up\"\n1", "threads": 2, "gigahertz": 2.5, "cycleSource": "time stamp counter"},
          "limits": {
            "vectors": [
              {"vectorBytes": 64, "instructions": 10.0, "products": 40.0}
            ],
            "bandwidths": [
              {"level": "L1", "capacity": 32768, "read": 200.0, "copy": 100.0},
              {"level": "DRAM", "capacity": 0, "read": 20.0, "copy": 16.0}
            ]
          },
          "groups": [
            {
              "name": "element-wise",
              "cases": [
                {
                  "label": {"kernel": "NTT forward", "field": "BabyBear", "engine": "avx512", "rows": 4096, "columns": 1, "threads": 1},
                  "work": {"elements": 1, "butterflies": 2, "bytes": 3, "workingSet": 4, "instructions": 6, "products": 5, "vectorBytes": 64},
                  "calls": 3,
                  "nanoseconds": {"count": 9, "minimum": 1.0, "lowerQuartile": 1.25, "median": 1.5, "upperQuartile": 1.75, "medianDeviation": 0.25},
                  "cycles": 3.0,
                  "bound": {"nanoseconds": 0.6, "cause": "instructions"}
                }
              ]
            }
          ]
        }

        """#)
  }

  @Test func whatHasNoBound() {
    #expect(madeUpReport([madeUpResult("a", median: 1)]).json.contains("\"bound\": null"))
  }

  /// A reader that we did not write finds the same strings and numbers.
  @Test func anotherReader() throws {
    let cpu = "quote \" backslash \\ tab \t bell \u{7} µ 🏛"
    let text = madeUpReport([madeUpResult("a", median: 0.1 + 0.2)], cpu: cpu).json
    let value = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((value["machine"] as? [String: Any])?["cpu"] as? String == cpu)
    let groups = try #require(value["groups"] as? [[String: Any]])
    let one = try #require((groups[0]["cases"] as? [[String: Any]])?.first)
    // Foundation reads decimals to the last digit or so; what is written is exact.
    let median = try #require((one["nanoseconds"] as? [String: Any])?["median"] as? Double)
    #expect(abs(median - (0.1 + 0.2)) < 1e-15)
    #expect(text.contains("\"median\": 0.30000000000000004"))
  }
}
