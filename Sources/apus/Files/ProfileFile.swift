// The timeline of a run as a file that trace viewers open: the Trace Event Format, complete events in microseconds.

import ApusField
import Foundation

struct ProfileFile {
  let timeline = Timeline()
  private let output: OutputFile

  init(_ path: String) throws(Failure) { output = try OutputFile(path) }

  /// All that was recorded so far.
  func write() throws(Failure) {
    let spans = timeline.spans
    let threads = Set(spans.map(\.thread)).sorted()
    let events = threads.map(TraceEvent.init(naming:)) + spans.map(TraceEvent.init)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do { try output.write(Array(encoder.encode(["traceEvents": events]))) } catch let failure as Failure {
      throw failure
    } catch { throw .unusable("\(error)") }
  }
}

private struct TraceEvent: Encodable {
  let name: String
  /// `X`: a span; `M`: a fact about the thread.
  let ph: String
  let pid = 1
  let tid: Int
  var ts: Double?
  var dur: Double?
  var args: [String: String]?

  init(naming thread: Int) {
    name = "thread_name"
    ph = "M"
    tid = thread + 1
    args = ["name": thread == Timeline.stageThread ? "stages" : "thread \(thread)"]
  }

  init(_ span: Timeline.Span) {
    name = span.name
    ph = "X"
    tid = span.thread + 1
    ts = span.start / .microseconds(1)
    dur = (span.end - span.start) / .microseconds(1)
  }
}
