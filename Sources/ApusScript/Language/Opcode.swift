// Opcodes and their names. The numbers are Bitcoin Core's; OP_CHECKSIGADD and OP_SUCCESSx are from BIP-342.

/// One byte of a script where an instruction begins: all 256 values are opcodes, most of them without a meaning.
public struct Opcode: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}

extension Opcode {
  @inlinable public static var push0: Opcode { Opcode(rawValue: 0x00) }
  @inlinable public static var pushData1: Opcode { Opcode(rawValue: 0x4c) }
  @inlinable public static var pushData2: Opcode { Opcode(rawValue: 0x4d) }
  @inlinable public static var pushData4: Opcode { Opcode(rawValue: 0x4e) }
  @inlinable public static var negativeOne: Opcode { Opcode(rawValue: 0x4f) }
  @inlinable public static var reserved: Opcode { Opcode(rawValue: 0x50) }
  /// The opcode that pushes one of the numbers 1 to 16; use ``number(_:)`` to choose at run time.
  @inlinable public static var push1: Opcode { Opcode(rawValue: 0x51) }
  @inlinable public static var push16: Opcode { Opcode(rawValue: 0x60) }
  @inlinable public static var nop: Opcode { Opcode(rawValue: 0x61) }
  @inlinable public static var ver: Opcode { Opcode(rawValue: 0x62) }
  @inlinable public static var `if`: Opcode { Opcode(rawValue: 0x63) }
  @inlinable public static var notIf: Opcode { Opcode(rawValue: 0x64) }
  @inlinable public static var verIf: Opcode { Opcode(rawValue: 0x65) }
  @inlinable public static var verNotIf: Opcode { Opcode(rawValue: 0x66) }
  @inlinable public static var `else`: Opcode { Opcode(rawValue: 0x67) }
  @inlinable public static var endIf: Opcode { Opcode(rawValue: 0x68) }
  @inlinable public static var verify: Opcode { Opcode(rawValue: 0x69) }
  @inlinable public static var `return`: Opcode { Opcode(rawValue: 0x6a) }
  @inlinable public static var toAltStack: Opcode { Opcode(rawValue: 0x6b) }
  @inlinable public static var fromAltStack: Opcode { Opcode(rawValue: 0x6c) }
  @inlinable public static var twoDrop: Opcode { Opcode(rawValue: 0x6d) }
  @inlinable public static var twoDup: Opcode { Opcode(rawValue: 0x6e) }
  @inlinable public static var threeDup: Opcode { Opcode(rawValue: 0x6f) }
  @inlinable public static var twoOver: Opcode { Opcode(rawValue: 0x70) }
  @inlinable public static var twoRot: Opcode { Opcode(rawValue: 0x71) }
  @inlinable public static var twoSwap: Opcode { Opcode(rawValue: 0x72) }
  @inlinable public static var ifDup: Opcode { Opcode(rawValue: 0x73) }
  @inlinable public static var depth: Opcode { Opcode(rawValue: 0x74) }
  @inlinable public static var drop: Opcode { Opcode(rawValue: 0x75) }
  @inlinable public static var dup: Opcode { Opcode(rawValue: 0x76) }
  @inlinable public static var nip: Opcode { Opcode(rawValue: 0x77) }
  @inlinable public static var over: Opcode { Opcode(rawValue: 0x78) }
  @inlinable public static var pick: Opcode { Opcode(rawValue: 0x79) }
  @inlinable public static var roll: Opcode { Opcode(rawValue: 0x7a) }
  @inlinable public static var rot: Opcode { Opcode(rawValue: 0x7b) }
  @inlinable public static var swap: Opcode { Opcode(rawValue: 0x7c) }
  @inlinable public static var tuck: Opcode { Opcode(rawValue: 0x7d) }
  @inlinable public static var cat: Opcode { Opcode(rawValue: 0x7e) }
  @inlinable public static var substring: Opcode { Opcode(rawValue: 0x7f) }
  @inlinable public static var left: Opcode { Opcode(rawValue: 0x80) }
  @inlinable public static var right: Opcode { Opcode(rawValue: 0x81) }
  @inlinable public static var size: Opcode { Opcode(rawValue: 0x82) }
  @inlinable public static var invert: Opcode { Opcode(rawValue: 0x83) }
  @inlinable public static var and: Opcode { Opcode(rawValue: 0x84) }
  @inlinable public static var or: Opcode { Opcode(rawValue: 0x85) }
  @inlinable public static var xor: Opcode { Opcode(rawValue: 0x86) }
  @inlinable public static var equal: Opcode { Opcode(rawValue: 0x87) }
  @inlinable public static var equalVerify: Opcode { Opcode(rawValue: 0x88) }
  @inlinable public static var reserved1: Opcode { Opcode(rawValue: 0x89) }
  @inlinable public static var reserved2: Opcode { Opcode(rawValue: 0x8a) }
  @inlinable public static var addOne: Opcode { Opcode(rawValue: 0x8b) }
  @inlinable public static var subtractOne: Opcode { Opcode(rawValue: 0x8c) }
  @inlinable public static var doubled: Opcode { Opcode(rawValue: 0x8d) }
  @inlinable public static var halved: Opcode { Opcode(rawValue: 0x8e) }
  @inlinable public static var negate: Opcode { Opcode(rawValue: 0x8f) }
  @inlinable public static var absolute: Opcode { Opcode(rawValue: 0x90) }
  @inlinable public static var not: Opcode { Opcode(rawValue: 0x91) }
  @inlinable public static var notEqualZero: Opcode { Opcode(rawValue: 0x92) }
  @inlinable public static var add: Opcode { Opcode(rawValue: 0x93) }
  @inlinable public static var subtract: Opcode { Opcode(rawValue: 0x94) }
  @inlinable public static var multiply: Opcode { Opcode(rawValue: 0x95) }
  @inlinable public static var divide: Opcode { Opcode(rawValue: 0x96) }
  @inlinable public static var modulo: Opcode { Opcode(rawValue: 0x97) }
  @inlinable public static var leftShift: Opcode { Opcode(rawValue: 0x98) }
  @inlinable public static var rightShift: Opcode { Opcode(rawValue: 0x99) }
  @inlinable public static var booleanAnd: Opcode { Opcode(rawValue: 0x9a) }
  @inlinable public static var booleanOr: Opcode { Opcode(rawValue: 0x9b) }
  @inlinable public static var numberEqual: Opcode { Opcode(rawValue: 0x9c) }
  @inlinable public static var numberEqualVerify: Opcode { Opcode(rawValue: 0x9d) }
  @inlinable public static var numberNotEqual: Opcode { Opcode(rawValue: 0x9e) }
  @inlinable public static var lessThan: Opcode { Opcode(rawValue: 0x9f) }
  @inlinable public static var greaterThan: Opcode { Opcode(rawValue: 0xa0) }
  @inlinable public static var lessThanOrEqual: Opcode { Opcode(rawValue: 0xa1) }
  @inlinable public static var greaterThanOrEqual: Opcode { Opcode(rawValue: 0xa2) }
  @inlinable public static var min: Opcode { Opcode(rawValue: 0xa3) }
  @inlinable public static var max: Opcode { Opcode(rawValue: 0xa4) }
  @inlinable public static var within: Opcode { Opcode(rawValue: 0xa5) }
  @inlinable public static var ripemd160: Opcode { Opcode(rawValue: 0xa6) }
  @inlinable public static var sha1: Opcode { Opcode(rawValue: 0xa7) }
  @inlinable public static var sha256: Opcode { Opcode(rawValue: 0xa8) }
  @inlinable public static var hash160: Opcode { Opcode(rawValue: 0xa9) }
  @inlinable public static var hash256: Opcode { Opcode(rawValue: 0xaa) }
  @inlinable public static var codeSeparator: Opcode { Opcode(rawValue: 0xab) }
  @inlinable public static var checkSignature: Opcode { Opcode(rawValue: 0xac) }
  @inlinable public static var checkSignatureVerify: Opcode { Opcode(rawValue: 0xad) }
  @inlinable public static var checkMultiSignature: Opcode { Opcode(rawValue: 0xae) }
  @inlinable public static var checkMultiSignatureVerify: Opcode { Opcode(rawValue: 0xaf) }
  @inlinable public static var nop1: Opcode { Opcode(rawValue: 0xb0) }
  @inlinable public static var checkLockTimeVerify: Opcode { Opcode(rawValue: 0xb1) }
  @inlinable public static var checkSequenceVerify: Opcode { Opcode(rawValue: 0xb2) }
  @inlinable public static var nop4: Opcode { Opcode(rawValue: 0xb3) }
  @inlinable public static var nop5: Opcode { Opcode(rawValue: 0xb4) }
  @inlinable public static var nop6: Opcode { Opcode(rawValue: 0xb5) }
  @inlinable public static var nop7: Opcode { Opcode(rawValue: 0xb6) }
  @inlinable public static var nop8: Opcode { Opcode(rawValue: 0xb7) }
  @inlinable public static var nop9: Opcode { Opcode(rawValue: 0xb8) }
  @inlinable public static var nop10: Opcode { Opcode(rawValue: 0xb9) }
  @inlinable public static var checkSignatureAdd: Opcode { Opcode(rawValue: 0xba) }
  @inlinable public static var invalid: Opcode { Opcode(rawValue: 0xff) }
}
