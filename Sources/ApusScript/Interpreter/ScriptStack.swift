// The stack and the alternative stack, in memory that is taken once for many opcodes.
//
// An element is sixteen bytes: its size, and a word that holds up to eight bytes of data itself or says where longer data
// lie. So numbers, flags and copies of anything move as words. Longer data are written once, one after the other, into an
// arena and never changed: copies share them. When the arena is full, what is still used moves to a new one.

struct StackElement {
  /// Data of at most ``inlineCount`` bytes, lowest first, zeros above them; or the address of longer data.
  var word: UInt64
  var count: Int

  static let inlineCount = 8

  var isInline: Bool { count <= Self.inlineCount }

  /// Whether the network takes it as true: any bit but the sign of a zero.
  var isTrue: Bool {
    if isInline {
      if count == 0 { return false }
      return word & ~(0x80 &<< UInt64(8 * count - 8)) != 0
    }
    let data = address
    for i in 0..<count - 1 where data[i] != 0 { return true }
    return data[count - 1] & 0x7f != 0
  }

  /// Only where it is not inline.
  var address: UnsafePointer<UInt8> { UnsafePointer(bitPattern: UInt(word)).unsafelyUnwrapped }

  var bytes: [UInt8] {
    guard isInline else { return Array(UnsafeBufferPointer(start: address, count: count)) }
    return (0..<count).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
  }

  @inline(__always)
  static func == (a: StackElement, b: StackElement) -> Bool {
    guard a.count == b.count else { return false }
    if a.word == b.word { return true }
    if a.isInline { return false }
    return UnsafeBufferPointer(start: a.address, count: a.count)
      .elementsEqual(UnsafeBufferPointer(start: b.address, count: b.count))
  }
}

struct ScriptStack: ~Copyable {
  /// The stack grows from the first slot up, the alternative stack from the last one down.
  private let slots: UnsafeMutablePointer<StackElement>
  private let capacity: Int
  private(set) var count = 0
  private(set) var altCount = 0

  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCount = 0
  private var arenaCapacity: Int

  /// One opcode adds three elements before anyone counts.
  private static let slack = 4
  private static let smallestArena = 1 << 14

  init(_ elements: [[UInt8]] = []) {
    capacity = max(ScriptLimits.stackElements, elements.count) + Self.slack
    slots = .allocate(capacity: capacity)
    arenaCapacity = max(Self.smallestArena, elements.reduce(0) { $0 + $1.count })
    arena = .allocate(capacity: arenaCapacity)
    for element in elements { push(element.span, 0..<element.count) }
  }

  deinit {
    slots.deallocate()
    arena.deallocate()
  }

  /// The same elements, without the alternative stack.
  func copy() -> ScriptStack { ScriptStack(elements) }

  /// All elements, the top one last.
  var elements: [[UInt8]] { (0..<count).map { slots[$0].bytes } }
  var altElements: [[UInt8]] { (0..<altCount).map { slots[capacity - 1 - $0].bytes } }

  // MARK: Elements by their depth, 1 being the top

  @inline(__always)
  subscript(depth: Int) -> StackElement {
    get { slots[count - depth] }
    nonmutating set { slots[count - depth] = newValue }
  }

  /// Calls `body` with the data of the element at `depth`, which stay where they are until the next push.
  @inline(__always)
  func withBytes<R>(at depth: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let slot = slots + (count - depth)
    if !slot.pointee.isInline {
      return body(UnsafeBufferPointer(start: slot.pointee.address, count: slot.pointee.count))
    }
    // The word is the element's first field and lies lowest byte first.
    return slot.withMemoryRebound(to: UInt8.self, capacity: 16) {
      body(UnsafeBufferPointer(start: UnsafePointer($0), count: slots[count - depth].count))
    }
  }

  @inline(__always)
  mutating func drop(_ n: Int = 1) { count -= n }

  @inline(__always)
  mutating func push(_ element: StackElement) {
    slots[count] = element
    count += 1
  }

  @inline(__always)
  mutating func push(number: Int) {
    let (word, count) = NumberCoding.words(of: number)
    push(StackElement(word: word, count: count))
  }

  @inline(__always)
  mutating func push(_ truth: Bool) { push(StackElement(word: truth ? 1 : 0, count: truth ? 1 : 0)) }

  @inline(__always)
  mutating func push(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
    if range.count <= StackElement.inlineCount {
      var word: UInt64 = 0
      for i in 0..<range.count { word |= UInt64(bytes[unchecked: range.lowerBound + i]) &<< UInt64(8 * i) }
      push(StackElement(word: word, count: range.count))
    } else {
      pushLong(bytes, range)
    }
  }

  private mutating func pushLong(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
    let data = allocate(range.count)
    bytes.withUnsafeBufferPointer {
      data.update(from: $0.baseAddress.unsafelyUnwrapped + range.lowerBound, count: range.count)
    }
    push(StackElement(word: UInt64(UInt(bitPattern: data)), count: range.count))
  }

  /// Pushes more than eight bytes that `write` fills in.
  @inline(__always)
  mutating func push(longCount: Int, _ write: (borrowing ScriptStack, UnsafeMutablePointer<UInt8>) -> Void) {
    let data = allocate(longCount)
    write(self, data)
    push(StackElement(word: UInt64(UInt(bitPattern: data)), count: longCount))
  }

  // MARK: Moves

  /// Takes the element at `depth` out; those above it come down.
  @inline(__always)
  mutating func remove(at depth: Int) {
    let slot = slots + (count - depth)
    if depth > 1 { slot.update(from: slot + 1, count: depth - 1) }
    count -= 1
  }

  /// Puts an element below the top `depth` ones.
  @inline(__always)
  mutating func insert(_ element: StackElement, below depth: Int) {
    let slot = slots + (count - depth)
    (slot + 1).update(from: slot, count: depth)
    slot.pointee = element
    count += 1
  }

  /// The alternative stack does not outlive a script.
  mutating func clearAlt() { altCount = 0 }

  @inline(__always)
  mutating func moveToAlt() {
    count -= 1
    slots[capacity - 1 - altCount] = slots[count]
    altCount += 1
  }

  @inline(__always)
  mutating func moveFromAlt() {
    altCount -= 1
    slots[count] = slots[capacity - 1 - altCount]
    count += 1
  }

  // MARK: The arena

  @inline(__always)
  private mutating func allocate(_ bytes: Int) -> UnsafeMutablePointer<UInt8> {
    if arenaCapacity - arenaCount < bytes { collect(room: bytes) }
    defer { arenaCount += bytes }
    return arena + arenaCount
  }

  /// Moves everything in use to a new arena, which leaves as much room again: at most about twice what the limits allow
  /// on both stacks.
  @inline(never)
  private mutating func collect(room: Int) {
    var live = 0
    for i in 0..<capacity where isUsed(i) && !slots[i].isInline { live += slots[i].count }
    arenaCapacity = max(Self.smallestArena, 2 * live + room)
    let old = arena
    arena = .allocate(capacity: arenaCapacity)
    arenaCount = 0
    for i in 0..<capacity where isUsed(i) && !slots[i].isInline {
      let data = arena + arenaCount
      data.update(from: slots[i].address, count: slots[i].count)
      arenaCount += slots[i].count
      slots[i].word = UInt64(UInt(bitPattern: data))
    }
    old.deallocate()
  }

  private func isUsed(_ slot: Int) -> Bool { slot < count || slot >= capacity - altCount }
}
