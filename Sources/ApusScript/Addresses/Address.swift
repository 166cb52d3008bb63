// Addresses: the scripts that people pay to, as text (BIP-13, BIP-173, BIP-350).

public enum Network: String, CaseIterable, Sendable {
  case mainnet
  /// Testnets and signets, which share their prefixes.
  case testnet
  case regtest

  var keyHashVersion: UInt8 { self == .mainnet ? 0x00 : 0x6f }
  var scriptHashVersion: UInt8 { self == .mainnet ? 0x05 : 0xc4 }
  var witnessPrefix: String {
    switch self {
    case .mainnet: "bc"
    case .testnet: "tb"
    case .regtest: "bcrt"
    }
  }
}

/// The text is no address of the network.
public struct AddressError: Error, Hashable, Sendable, CustomStringConvertible {
  public let text: String
  public let network: Network

  package init(text: String, network: Network) {
    self.text = text
    self.network = network
  }

  public var description: String { "\(text.prefix(100)) is no address of \(network.rawValue)" }
}

public enum Address: Hashable, Sendable {
  /// The hash of a key.
  case keyHash([UInt8])
  /// The hash of a redeem script.
  case scriptHash([UInt8])
  case witness(WitnessProgram)

  /// Reads an address of a network.
  public init(_ text: String, network: Network = .mainnet) throws(AddressError) {
    guard let address = Self.witnessAddress(text, network) ?? Self.hashAddress(text, network) else {
      throw AddressError(text: text, network: network)
    }
    self = address
  }

  private static func witnessAddress(_ text: String, _ network: Network) -> Address? {
    guard let decoded = Bech32.decode(text), decoded.prefix == network.witnessPrefix,
      let version = decoded.values.first, version <= 16,
      decoded.variant == (version == 0 ? .bech32 : .bech32m),
      let program = Bech32.bytes(of: Array(decoded.values.dropFirst())),
      version == 0 ? program.count == 20 || program.count == 32 : (2...40).contains(program.count)
    else { return nil }
    return .witness(WitnessProgram(version: Int(version), bytes: program))
  }

  private static func hashAddress(_ text: String, _ network: Network) -> Address? {
    guard let payload = Base58.decodeWithChecksum(text), payload.count == 21 else { return nil }
    switch payload[0] {
    case network.keyHashVersion: return .keyHash(Array(payload.dropFirst()))
    case network.scriptHashVersion: return .scriptHash(Array(payload.dropFirst()))
    default: return nil
    }
  }

  /// The address of a script; `nil` if it has none.
  public init?(of script: Script) {
    let bytes = script.bytes
    if let program = script.witnessProgram {
      // Others of version 0 can never be spent.
      if program.version == 0 && program.bytes.count != 20 && program.bytes.count != 32 { return nil }
      self = .witness(program)
    } else if script.isPayToScriptHash {
      self = .scriptHash(Array(bytes[2..<22]))
    } else if bytes.count == 25, case let hash = Array(bytes[3..<23]), script == .payToKeyHash(hash) {
      self = .keyHash(hash)
    } else {
      return nil
    }
  }

  /// What an output that pays to the address holds.
  public var script: Script {
    switch self {
    case .keyHash(let hash): .payToKeyHash(hash)
    case .scriptHash(let hash): Script([Opcode.hash160.rawValue, 20] + hash + [Opcode.equal.rawValue])
    case .witness(let program): program.script
    }
  }

  /// The address as people write it.
  public func text(on network: Network = .mainnet) -> String {
    switch self {
    case .keyHash(let hash): return Base58.encodeWithChecksum([network.keyHashVersion] + hash)
    case .scriptHash(let hash): return Base58.encodeWithChecksum([network.scriptHashVersion] + hash)
    case .witness(let program):
      return Bech32.encode(
        prefix: network.witnessPrefix, values: [UInt8(program.version)] + Bech32.groups(of: program.bytes),
        variant: program.version == 0 ? .bech32 : .bech32m)
    }
  }
}
