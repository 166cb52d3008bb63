// What the generator knows of the stack while it writes a script: enough to choose opcodes that go through.

import ApusDigest

enum Item: Equatable {
  case bytes([UInt8])
  /// A signature that is not made yet.
  case signature(Int)
  /// So many bytes that are not known, no falsehood among them.
  case unknown(Int)

  static func number(_ value: Int) -> Item { .bytes(StackNumber.encode(value)) }

  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

  /// The value where arithmetic takes it.
  func number(minimal: Bool) -> Int? {
    guard let bytes, bytes.count <= 4 else { return nil }
    let value = StackNumber.decode(bytes)
    return minimal && StackNumber.encode(value) != bytes ? nil : value
  }

  var isTrue: Bool { bytes.map(StackNumber.isTrue) ?? true }

  func hashed(_ opcode: UInt8) -> Item {
    guard let bytes else { return .unknown(opcode == 0xa8 || opcode == 0xaa ? 32 : 20) }
    switch opcode {
    case 0xa6: return .bytes(RIPEMD160.hash(bytes))
    case 0xa7: return .bytes(SHA1.hash(bytes))
    case 0xa8: return .bytes(SHA256.hash(bytes))
    case 0xa9: return .bytes(RIPEMD160.hash(SHA256.hash(bytes)))
    default: return .bytes(SHA256.hash(SHA256.hash(bytes)))
    }
  }
}

/// Numbers at which something changes: widths of encodings, the bound of operands, opcodes that push them.
let edgeNumbers: [Int] = [
  0, 1, -1, 2, 3, 15, 16, 17, 127, 128, 129, 255, 256, -127, -128, -255, -256, 32_767, 32_768, -32_768, 65_535, 65_536,
  8_388_607, 8_388_608, -8_388_608, 2_147_483_647, -2_147_483_647,
]
