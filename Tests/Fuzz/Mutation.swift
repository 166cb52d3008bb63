// Random damage to bytes: what a parser meets when somebody plays with it.

import ApusTestSupport

struct Mutator {
  var random: SeededGenerator

  /// One to four changes: flipped bits, set bytes, removed, repeated or inserted stretches, a cut end.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes.append(.random(in: 0...255, using: &random))
      return
    }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let length = min(bytes.count - at, 1 << Int.random(in: 0...8, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[at] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
    case 2: bytes[at] = .random(in: 0...255, using: &random)
    case 3: bytes.removeSubrange(at..<at + length)
    case 4: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
    case 5: bytes.removeLast(bytes.count - at)
    case 6:
      let to = Int.random(in: 0...bytes.count - length, using: &random)
      bytes.replaceSubrange(to..<to + length, with: bytes[at..<at + length])
    default: for i in at..<at + length { bytes[i] = .random(in: 0...255, using: &random) }
    }
  }
}
