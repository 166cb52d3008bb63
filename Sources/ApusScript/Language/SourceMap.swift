// Which part of a program wrote which bytes of a script, so that an error in a long script has a name. A part is called a
// gadget; gadgets are made of gadgets.

public struct SourceMap: Hashable, Sendable {
  /// What one gadget wrote, the gadgets in it included.
  public struct Span: Hashable, Sendable {
    public let name: String
    public let range: Range<Int>

    public init(name: String, range: Range<Int>) {
      self.name = name
      self.range = range
    }
  }

  /// Why spans are no source map.
  public enum Failure: Error, Hashable, Sendable {
    /// The span begins before the one that is listed before it.
    case outOfOrder(Int)
    /// The span ends after a gadget that it begins in, or after the script.
    case overlapping(Int)
    /// The span begins in ``maximumDepth`` gadgets.
    case tooDeep(Int)
  }

  /// So many gadgets may be in one another: nobody reads longer paths, and a map may come from outside.
  public static let maximumDepth = 256

  /// In the order in which they begin, a gadget before those in it; gadgets that wrote nothing are left out.
  public private(set) var spans: [Span] = []
  /// The number of the gadget that each one is in.
  private var parents: [Int?] = []

  public init() {}

  /// - Parameters:
  ///   - spans: in the order in which they begin, a gadget before those in it.
  ///   - scriptBytes: the script's size.
  public init(_ spans: [Span], scriptBytes: Int) throws(Failure) {
    var open: [Int] = []
    var (begin, number) = (0, 0)
    for span in spans {
      if span.range.lowerBound < begin { throw .outOfOrder(number) }
      begin = span.range.lowerBound
      while let last = open.last, self.spans[last].range.upperBound <= begin { open.removeLast() }
      let end = open.last.map { self.spans[$0].range.upperBound } ?? scriptBytes
      if span.range.upperBound > end { throw .overlapping(number) }
      if open.count == Self.maximumDepth { throw .tooDeep(number) }
      number += 1
      if span.range.isEmpty { continue }
      parents.append(open.last)
      open.append(self.spans.count)
      self.spans.append(span)
    }
  }

  /// The names of a span's gadget and of those that it is in, the outermost first.
  public func path(ofSpan number: Int) -> [String] {
    var path: [String] = []
    var next: Int? = number
    while let number = next {
      path.append(spans[number].name)
      next = parents[number]
    }
    return path.reversed()
  }

  /// The names of the gadgets that a byte is in, the outermost first.
  public func path(at position: Int) -> [String] {
    // The last gadget that begins there or before lies in every gadget that holds the byte, or is one of them.
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].range.lowerBound <= position { low = middle + 1 } else { high = middle }
    }
    var next = low == 0 ? nil : low - 1
    while let number = next, !spans[number].range.contains(position) { next = parents[number] }
    return next.map { path(ofSpan: $0) } ?? []
  }

  // MARK: Being written

  /// Begins a gadget in the gadget `parent`; its number.
  mutating func open(_ name: String, at position: Int, in parent: Int?) -> Int {
    spans.append(Span(name: name, range: position..<position))
    parents.append(parent)
    return spans.count - 1
  }

  mutating func close(_ number: Int, at position: Int) {
    if spans[number].range.lowerBound == position {
      // So did what is in it, which comes after it.
      spans.removeSubrange(number...)
      parents.removeSubrange(number...)
      return
    }
    spans[number] = Span(name: spans[number].name, range: spans[number].range.lowerBound..<position)
  }

  /// Takes over the map of a script that is appended at `position`, into the gadget `parent`.
  mutating func append(_ other: SourceMap, at position: Int, in parent: Int?) {
    let first = spans.count
    spans += other.spans.map {
      Span(name: $0.name, range: $0.range.lowerBound + position..<$0.range.upperBound + position)
    }
    parents += other.parents.map { $0.map { $0 + first } ?? parent }
  }
}

extension SourceMap.Failure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfOrder(let number): "gadget \(number) begins before the one that is listed before it"
    case .overlapping(let number): "gadget \(number) ends after the script, or after a gadget that it begins in"
    case .tooDeep(let number): "gadget \(number) is in \(SourceMap.maximumDepth) others, which are the most"
    }
  }
}

/// A script that knows what wrote it.
public struct MappedScript: Hashable, Sendable {
  public let script: Script
  public let map: SourceMap

  public init(_ script: Script, _ map: SourceMap = SourceMap()) {
    self.script = script
    self.map = map
  }

  /// The gadgets in which an error is, the outermost first; none if it is in another script, or at no instruction.
  public func path(of error: ScriptError) -> [String] {
    guard let place = error.place, error.script == script else { return [] }
    return map.path(at: place.position)
  }
}
