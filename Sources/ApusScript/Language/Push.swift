// Pushes: the shortest one for some data, and the plain one that signatures are looked for as.

package enum Push {
  /// Data under its length: what FindAndDelete looks for. Small numbers get no opcode of their own.
  package static func plain(_ data: some Collection<UInt8>) -> [UInt8] {
    let count = data.count
    switch count {
    case ...0x4b: return [UInt8(count)] + data
    case ...0xff: return [Opcode.pushData1.rawValue, UInt8(count)] + data
    case ...0xffff: return [Opcode.pushData2.rawValue, UInt8(count & 0xff), UInt8(count >> 8)] + data
    default:
      return [Opcode.pushData4.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + data
    }
  }

  /// The shortest push: the one that MINIMALDATA asks for.
  package static func minimal(_ data: some Collection<UInt8>) -> [UInt8] {
    if data.count == 1, let byte = data.first {
      if (1...16).contains(byte) { return [0x50 + byte] }
      if byte == 0x81 { return [Opcode.negativeOne.rawValue] }
    }
    return plain(data)
  }

  /// Whether a push with this opcode is the shortest for its data.
  @inline(__always)
  package static func isMinimal(_ opcode: Opcode, count: Int, firstByte: UInt8) -> Bool {
    switch count {
    case 1 where (1...16).contains(firstByte) || firstByte == 0x81: false
    case ...0x4b: Int(opcode.rawValue) == count
    case ...0xff: opcode == .pushData1
    case ...0xffff: opcode == .pushData2
    default: true
    }
  }
}
