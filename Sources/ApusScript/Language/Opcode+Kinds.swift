// What the rules ask of an opcode without executing it.

extension Opcode {
  /// The opcode that pushes a number from -1 to 16, `nil` for others: those are pushed as data.
  public static func number(_ value: Int) -> Opcode? {
    switch value {
    case -1: .negativeOne
    case 0: .push0
    case 1...16: Opcode(rawValue: 0x50 + UInt8(value))
    default: nil
    }
  }

  /// The number that OP_1NEGATE or one of OP_0 to OP_16 pushes.
  public var pushedNumber: Int? {
    switch rawValue {
    case 0: 0
    case 0x4f: -1
    case 0x51...0x60: Int(rawValue) - 0x50
    default: nil
    }
  }

  /// Whether data follows, or none does because it is empty: OP_0 to OP_PUSHDATA4.
  @inlinable public var pushesData: Bool { rawValue <= 0x4e }

  /// Whether the network counts it as a push: everything up to OP_16, and OP_RESERVED among it.
  @inlinable public var countsAsPush: Bool { rawValue <= 0x60 }

  /// Whether its presence makes a tapscript succeed (BIP-342). OP_CAT is one of these where BIP-347 does not hold.
  @inlinable public var isSuccess: Bool {
    switch rawValue {
    case 0x50, 0x62, 0x7e...0x81, 0x83...0x86, 0x89...0x8a, 0x8d...0x8e, 0x95...0x99, 0xbb...0xfe: true
    default: false
    }
  }

  /// Whether its presence makes a script invalid before Taproot, in branches not taken too.
  @inlinable public var isDisabled: Bool {
    switch rawValue {
    case 0x7e...0x81, 0x83...0x86, 0x8d...0x8e, 0x95...0x99: true
    default: false
    }
  }
}
