// The headers that `apus prove headers` works on: where they come from, and at which height they start.

import ApusExamples
import ApusStatements

struct HeaderSource {
  /// Ten times the main network's headers as lines of digits, and a bound on memory.
  static let maximumByteCount = 1 << 30

  /// For messages.
  let name: String
  /// For the report: what is worth knowing about where the headers come from.
  let remark: String
  let input: HeaderInput
  /// Given, or known from a checkpoint among the headers. A table's own stands in `input`.
  let startHeight: Int?
  /// Of the blocks right before the first header, as far as they were given.
  let timesBefore: [UInt32]

  /// - Parameters:
  ///   - path: `nil` for the embedded day.
  ///   - count: how many headers from the first; `nil` for all.
  init(path: String?, count: Int?, startHeight given: Int?, timesBefore: [UInt32]) throws(Failure) {
    if let count, count < 1 { throw .unusable("\(HeaderInputError.count(count, available: 0))") }
    let name = path.map(InputFile.name) ?? OneDay.name
    let bytes = if let path { try InputFile.read(path, limit: Self.maximumByteCount) } else { OneDay.csv }
    let input = try failing(.unusable, about: name) {
      let all = try HeaderInput(reading: bytes)
      return try count.map { try all.first($0) } ?? all
    }
    self.name = name
    self.input = input
    self.timesBefore = timesBefore
    remark = path == nil ? "embedded example" : name

    let known = input.startHeightFromCheckpoints
    if let named = given ?? input.startHeight, let known, named != known.startHeight {
      throw .unusable(
        """
        \(name) cannot start at height \(named.grouped): block \(known.checkpoint.hash.abbreviated) is known at height \
        \(known.checkpoint.height.grouped), so that it starts at \(known.startHeight.grouped)
        """)
    }
    startHeight = given ?? (input.startHeight == nil ? known?.startHeight : nil)
  }

  /// The headers, checked, one chain for each proof.
  func chains() throws(Failure) -> [HeaderChain] {
    do { return try HeaderChain.segments(of: input, startHeight: startHeight, timesBefore: timesBefore) } catch {
      throw Failure(status: error.isAboutUsage ? .unusable : .invalid, message: error.message(source: name))
    }
  }
}

extension HeaderInput {
  /// The height of the first header, if a checkpoint's hash is among the parents that the headers name.
  fileprivate var startHeightFromCheckpoints: (startHeight: Int, checkpoint: Checkpoint)? {
    for (index, header) in headers.enumerated() {
      guard let checkpoint = Checkpoint.containing(header.previous) else { continue }
      let height = checkpoint.height + 1 - index
      return height >= 0 ? (height, checkpoint) : nil
    }
    return nil
  }
}

extension HeaderChainError {
  /// Whether other arguments can help; else the headers themselves are no chain.
  fileprivate var isAboutUsage: Bool {
    switch self {
    case .noHeaders, .needsStartHeight, .startHeightContradicted, .claim, .timesBefore: true
    case .doNotLink, .difficultyChange, .target, .aboveTarget, .timeNotAfterMedian: false
    }
  }
}
