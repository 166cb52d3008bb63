// The page is well formed, holds its charts, and needs nothing from elsewhere.

import ApusBench
import Foundation
import FoundationXML
import Testing

@Suite struct ReportHTMLTests {
  private func sized(_ kernel: String, workingSet: Int, threads: Int = 1) -> CaseResult {
    madeUpResult(
      kernel, median: Double(workingSet), deviation: 1,
      work: Work(elements: workingSet / 4, bytes: workingSet, workingSet: workingSet), threads: threads)
  }

  /// The numbers of elements by name and class.
  private func count(_ html: String) throws -> [String: Int] {
    final class Counter: NSObject, XMLParserDelegate {
      var counts: [String: Int] = [:]
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
      ) {
        counts[name, default: 0] += 1
        for part in (attributes["class"] ?? "").split(separator: " ") { counts["\(name).\(part)", default: 0] += 1 }
      }
    }
    let parser = XMLParser(data: Data(html.utf8))
    let counter = Counter()
    parser.delegate = counter
    try #require(parser.parse(), "\(parser.parserError as (any Error)?) in line \(parser.lineNumber)")
    return counter.counts
  }

  @Test func theCharts() throws {
    // Two sizes of one label's kernel, of which the second misses L1; and a case on two threads.
    let report = madeUpReport([
      sized("add", workingSet: 1 << 12), sized("add", workingSet: 1 << 20),
      sized("add", workingSet: 1 << 12, threads: 2),
    ])
    let counts = try count(report.html)
    #expect(counts["figure"] == 4)  // by size, sets, speed-up, limit
    #expect(counts["polyline"] == 2 && counts["polyline.bound"] == 1 && counts["circle"] == 2)
    #expect(counts["line.mark"] == 1)  // L1; memory has no size
    #expect(counts["rect"] == 2 + 1 + 3)
    #expect(counts["rect.avx512"] == 6)
  }

  @Test func anEmptyReport() throws {
    #expect(try count(madeUpReport([]).html)["figure"] == nil)
  }

  @Test func namesAreNoMarkup() throws {
    let html = madeUpReport([madeUpResult("<script>&\"'", median: 1)], cpu: "<b>\u{0}").html
    _ = try count(html)
    #expect(!html.contains("<script") && !html.contains("<b>") && !html.contains("\u{0}"))
  }

  @Test func nothingFromElsewhere() {
    let html = madeUpReport([sized("add", workingSet: 64)]).html
    for sign in ["http", "src=", "href=", "@import", "url("] { #expect(!html.contains(sign)) }
    #expect(html.contains("prefers-color-scheme: dark"))
  }
}
