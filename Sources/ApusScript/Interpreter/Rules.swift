// Which rules hold: what every node demands, what nodes ask before they relay, and opcodes of soft forks to come.

/// Rules whose breach makes a block invalid.
public struct ConsensusRules: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Outputs that pay to a script's hash are spent with that script (BIP-16).
  public static let payToScriptHash = ConsensusRules(rawValue: 1 << 0)
  /// Signatures are strict DER (BIP-66).
  public static let derSignatures = ConsensusRules(rawValue: 1 << 1)
  /// OP_CHECKMULTISIG's extra element is empty (BIP-147).
  public static let nullDummy = ConsensusRules(rawValue: 1 << 2)
  /// OP_NOP2 checks the lock time (BIP-65).
  public static let checkLockTimeVerify = ConsensusRules(rawValue: 1 << 3)
  /// OP_NOP3 checks the input's sequence (BIP-112).
  public static let checkSequenceVerify = ConsensusRules(rawValue: 1 << 4)
  /// Segregated witness (BIP-141).
  public static let witness = ConsensusRules(rawValue: 1 << 5)
  /// Taproot and tapscript (BIP-341, BIP-342).
  public static let taproot = ConsensusRules(rawValue: 1 << 6)

  /// What holds on mainnet since Taproot.
  public static let all: ConsensusRules = [
    .payToScriptHash, .derSignatures, .nullDummy, .checkLockTimeVerify, .checkSequenceVerify, .witness, .taproot,
  ]
}

/// Rules whose breach keeps a transaction from being relayed, while a block may hold it.
public struct PolicyRules: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Signatures, keys and hash types are well-formed.
  public static let strictEncoding = PolicyRules(rawValue: 1 << 0)
  /// S is at most half the order.
  public static let lowS = PolicyRules(rawValue: 1 << 1)
  /// The scriptSig only pushes.
  public static let signaturePushOnly = PolicyRules(rawValue: 1 << 2)
  /// Pushes and numbers are minimal.
  public static let minimalData = PolicyRules(rawValue: 1 << 3)
  /// OP_NOP1 and OP_NOP4 to OP_NOP10 are not executed.
  public static let discourageUpgradableNops = PolicyRules(rawValue: 1 << 4)
  /// One element is left at the end.
  public static let cleanStack = PolicyRules(rawValue: 1 << 5)
  /// Witness programs of unknown versions are not spent.
  public static let discourageUpgradableWitnessProgram = PolicyRules(rawValue: 1 << 6)
  /// OP_IF takes empty or 0x01 in version 0 witness scripts.
  public static let minimalIf = PolicyRules(rawValue: 1 << 7)
  /// Signatures that fail are empty.
  public static let nullFail = PolicyRules(rawValue: 1 << 8)
  /// Keys in version 0 witness scripts are compressed.
  public static let witnessPubkeyType = PolicyRules(rawValue: 1 << 9)
  /// Nothing changes the script that a signature without witness signs.
  public static let constantScriptCode = PolicyRules(rawValue: 1 << 10)
  /// Leaf versions other than tapscript's are not spent.
  public static let discourageUpgradableTaprootVersion = PolicyRules(rawValue: 1 << 11)
  /// OP_SUCCESSx is not spent.
  public static let discourageOpSuccess = PolicyRules(rawValue: 1 << 12)
  /// Kinds of keys that tapscript does not know are not used.
  public static let discourageUpgradablePubkeyType = PolicyRules(rawValue: 1 << 13)
  /// OP_CAT is not relayed, whether or not it is executed (BIP-347, as Bitcoin Inquisition has it).
  public static let discourageOpCat = PolicyRules(rawValue: 1 << 14)

  /// What a node asks before it relays.
  public static let standard: PolicyRules = [
    .strictEncoding, .lowS, .signaturePushOnly, .minimalData, .discourageUpgradableNops, .cleanStack,
    .discourageUpgradableWitnessProgram, .minimalIf, .nullFail, .witnessPubkeyType, .constantScriptCode,
    .discourageUpgradableTaprootVersion, .discourageOpSuccess, .discourageUpgradablePubkeyType,
  ]
}

/// Opcodes that a soft fork may give tapscripts; none holds on mainnet.
public struct OpcodeProfile: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// OP_CAT joins two elements (BIP-347).
  public static let concatenation = OpcodeProfile(rawValue: 1 << 0)
}

/// All that shapes a verdict beside the transaction.
public struct Rules: Hashable, Sendable {
  public let consensus: ConsensusRules
  public let policy: PolicyRules
  public let opcodes: OpcodeProfile

  /// Rules that build on others bring them along: a clean stack the witness, the witness the script hash. Without these
  /// a later rule could allow what an earlier one forbids.
  public init(consensus: ConsensusRules = .all, policy: PolicyRules = [], opcodes: OpcodeProfile = []) {
    var consensus = consensus
    if policy.contains(.cleanStack) { consensus.insert(.witness) }
    if consensus.contains(.witness) { consensus.insert(.payToScriptHash) }
    self.consensus = consensus
    self.policy = policy
    self.opcodes = opcodes
  }

  /// What makes a block valid today.
  public static let block = Rules()
  /// What a node asks before it relays.
  public static let relay = Rules(policy: .standard)

  /// The same without policy.
  public var withoutPolicy: Rules { Rules(consensus: consensus, opcodes: opcodes) }
}
