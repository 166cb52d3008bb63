// How long each stage of a run takes; on a terminal also which one is under way.

import ApusField
import Foundation

struct Stage: Encodable {
  let name: String
  let seconds: Double
}

/// Times one stage after the other.
final class StageClock {
  private(set) var stages: [Stage] = []
  private var current: (name: String, start: ContinuousClock.Instant)?
  private let progress: Progress?
  private let timeline: Timeline?

  /// - Parameters:
  ///   - title: what the stages belong to, for the progress line.
  ///   - timeline: is told the stages as well.
  init(title: String, timeline: Timeline? = nil) {
    progress = StandardError.isTerminal ? Progress(title: title) : nil
    self.timeline = timeline
  }

  /// Ends the stage under way, if any, and begins the next.
  func begin(_ name: String) {
    end()
    current = (name, .now)
    progress?.show(name)
  }

  func end() {
    guard let (name, start) = current else { return }
    let now = ContinuousClock.now
    stages.append(Stage(name: name, seconds: (now - start) / .seconds(1)))
    timeline?.record(name, thread: Timeline.stageThread, from: start, to: now)
    current = nil
    progress?.clear()
  }

  func seconds(of name: String) -> Double { stages.filter { $0.name == name }.reduce(0) { $0 + $1.seconds } }
}

func elapsed(since start: ContinuousClock.Instant) -> Double { (.now - start) / .seconds(1) }
