// One line on a terminal that says what is under way, and is gone when it is done.

import Foundation
import Synchronization

/// Shows a stage and the time that has passed since it began, ten times a second.
final class Progress: Sendable {
  private struct State {
    var stage: String?
    var start = ContinuousClock.now
  }

  private static let eraseLine = "\r\u{1b}[K"
  private let title: String
  private let state = Mutex(State())
  nonisolated(unsafe) private let timer: any DispatchSourceTimer

  init(title: String) {
    self.title = title
    timer = DispatchSource.makeTimerSource()
    timer.setEventHandler { [weak self] in self?.draw() }
    timer.schedule(deadline: .now(), repeating: .milliseconds(100))
    timer.resume()
  }

  deinit { timer.cancel() }

  func show(_ stage: String) {
    state.withLock { $0 = State(stage: stage) }
  }

  func clear() {
    state.withLock {
      $0.stage = nil
      StandardError.write(Self.eraseLine)
    }
  }

  /// Under the lock, so that no line appears after it was cleared.
  private func draw() {
    state.withLock { state in
      guard let stage = state.stage else { return }
      let time = String(format: "%.1f s", elapsed(since: state.start))
      StandardError.write(Self.eraseLine + "\(title): \(stage) \(time)")
    }
  }
}
