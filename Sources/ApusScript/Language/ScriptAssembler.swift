// Building scripts: every push is the shortest, and no opcode decides a tapscript by its mere presence.

public struct ScriptAssembler: Sendable {
  /// Opcodes of soft forks that the scripts are for.
  public let opcodes: OpcodeProfile
  private var bytes: [UInt8] = []
  /// What the gadgets wrote that have ended, and where those begin that have not.
  public private(set) var map = SourceMap()
  /// The gadgets that have not ended, the innermost last.
  private var open: [Int] = []

  public init(opcodes: OpcodeProfile = []) { self.opcodes = opcodes }

  public var script: Script { Script(bytes) }
  public var mappedScript: MappedScript { MappedScript(script, map) }
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

  /// Appends a script as it is, with the gadgets in it.
  public mutating func append(_ mapped: MappedScript) {
    map.append(mapped.map, at: count, in: open.last)
    append(mapped.script)
  }

  /// Writes a gadget: what `write` appends is found under the name in ``map``.
  public mutating func gadget<E>(
    _ name: String, _ write: (inout ScriptAssembler) throws(E) -> Void
  ) throws(E) {
    openGadget(name)
    defer { closeGadget() }
    try write(&self)
  }

  var openGadgets: Int { open.count }

  mutating func openGadget(_ name: String) { open.append(map.open(name, at: count, in: open.last)) }

  /// False if no gadget is open.
  @discardableResult
  mutating func closeGadget() -> Bool {
    guard let number = open.popLast() else { return false }
    map.close(number, at: count)
    return true
  }
}
