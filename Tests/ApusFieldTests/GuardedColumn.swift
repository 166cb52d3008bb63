// A column of exactly as many elements as a kernel may write, between words that it must not touch.

import Testing

final class GuardedColumn<Element: BitwiseCopyable> {
  let count: Int
  let start: UnsafeMutablePointer<Element>
  private let memory: UnsafeMutableRawBufferPointer
  private static var guardBytes: Int { 128 }
  private static var guardByte: UInt8 { 0xa5 }

  init(_ elements: [Element]) {
    count = elements.count
    let bytes = count * MemoryLayout<Element>.stride
    memory = .allocate(byteCount: bytes + 2 * Self.guardBytes, alignment: 64)
    _ = memory.initializeMemory(as: UInt8.self, repeating: Self.guardByte)
    start = (memory.baseAddress! + Self.guardBytes).assumingMemoryBound(to: Element.self)
    for (i, element) in elements.enumerated() { start[i] = element }
  }
  /// Elements that a kernel has yet to write: every bit pattern is wrong or a coincidence.
  convenience init(unwritten count: Int, like element: Element) { self.init(Array(repeating: element, count: count)) }

  deinit { memory.deallocate() }

  /// The elements; records an issue if a word outside them was written.
  func elements(_ kernel: String, sourceLocation: SourceLocation = #_sourceLocation) -> [Element] {
    let untouched =
      memory.prefix(Self.guardBytes).allSatisfy { $0 == Self.guardByte }
      && memory.suffix(Self.guardBytes).allSatisfy { $0 == Self.guardByte }
    if !untouched { Issue.record("\(kernel) wrote outside its \(count) elements", sourceLocation: sourceLocation) }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}
