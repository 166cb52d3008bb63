// Building scripts: every push is the shortest, and no opcode decides a tapscript by its mere presence.

public struct ScriptAssembler: Sendable {
  /// Opcodes of soft forks that the scripts are for.
  public let opcodes: OpcodeProfile
  private var bytes: [UInt8] = []

  public init(opcodes: OpcodeProfile = []) { self.opcodes = opcodes }

  public var script: Script { Script(bytes) }
  /// The script's size so far.
  public var count: Int { bytes.count }

  /// Whether ``append(_:)`` takes an opcode: no push of data, which is written as its data, and no OP_SUCCESSx.
  public func accepts(_ opcode: Opcode) -> Bool {
    if opcode == .cat && opcodes.contains(.concatenation) { return true }
    return !opcode.isSuccess && (!opcode.pushesData || opcode == .push0)
  }

  /// - Precondition: ``accepts(_:)``.
  public mutating func append(_ opcode: Opcode) {
    precondition(accepts(opcode), "\(opcode) pushes data of its own, or makes every tapscript succeed")
    bytes.append(opcode.rawValue)
  }

  /// Pushes at most ``ScriptLimits/elementBytes`` bytes.
  public mutating func push(_ data: [UInt8]) {
    precondition(data.count <= ScriptLimits.elementBytes, "a stack element has at most 520 bytes")
    bytes += Push.minimal(data)
  }

  public mutating func push(_ number: Int) { push(NumberCoding.encode(number)) }

  /// Appends a script as it is.
  public mutating func append(_ script: Script) { bytes += script.bytes }
}
