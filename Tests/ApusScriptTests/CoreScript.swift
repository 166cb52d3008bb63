// The language in which Bitcoin Core's test data write scripts and rules.

import ApusScript

enum CoreScript {
  struct Unknown: Error { let word: String }

  /// Numbers are pushed, 0x… stands as it is, '…' is pushed as text, and anything else is an opcode's name.
  static func parse(_ text: String) throws -> Script {
    var script: [UInt8] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let number = Int(word), word.first != "+" {
        script += Opcode.number(number).map { [$0.rawValue] } ?? push(NumberCoding.encode(number))
      } else if word.hasPrefix("0x") {
        script += bytes(word.dropFirst(2))
      } else if word.hasPrefix("'") {
        script += push(Array(word.dropFirst().dropLast().utf8))
      } else if let opcode = Opcode(name: word) {
        script.append(opcode.rawValue)
      } else {
        throw Unknown(word: String(word))
      }
    }
    return Script(script)
  }

  private static func push(_ data: [UInt8]) -> [UInt8] { Push.plain(data) }
}

/// Rules as the test data name them, before one brings along others.
struct CoreFlags: Hashable {
  var consensus: ConsensusRules = []
  var policy: PolicyRules = []
  var opcodes: OpcodeProfile = []

  enum Flag: Hashable {
    case consensus(ConsensusRules)
    case policy(PolicyRules)
    case opcodes(OpcodeProfile)
  }

  static let names: [(name: String, flag: Flag)] = [
    ("P2SH", .consensus(.payToScriptHash)), ("DERSIG", .consensus(.derSignatures)),
    ("NULLDUMMY", .consensus(.nullDummy)), ("CHECKLOCKTIMEVERIFY", .consensus(.checkLockTimeVerify)),
    ("CHECKSEQUENCEVERIFY", .consensus(.checkSequenceVerify)), ("WITNESS", .consensus(.witness)),
    ("TAPROOT", .consensus(.taproot)), ("STRICTENC", .policy(.strictEncoding)), ("LOW_S", .policy(.lowS)),
    ("SIGPUSHONLY", .policy(.signaturePushOnly)), ("MINIMALDATA", .policy(.minimalData)),
    ("DISCOURAGE_UPGRADABLE_NOPS", .policy(.discourageUpgradableNops)), ("CLEANSTACK", .policy(.cleanStack)),
    ("DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM", .policy(.discourageUpgradableWitnessProgram)),
    ("MINIMALIF", .policy(.minimalIf)), ("NULLFAIL", .policy(.nullFail)),
    ("WITNESS_PUBKEYTYPE", .policy(.witnessPubkeyType)), ("CONST_SCRIPTCODE", .policy(.constantScriptCode)),
    ("DISCOURAGE_UPGRADABLE_TAPROOT_VERSION", .policy(.discourageUpgradableTaprootVersion)),
    ("DISCOURAGE_OP_SUCCESS", .policy(.discourageOpSuccess)),
    ("DISCOURAGE_UPGRADABLE_PUBKEYTYPE", .policy(.discourageUpgradablePubkeyType)),
    ("DISCOURAGE_OP_CAT", .policy(.discourageOpCat)), ("OP_CAT", .opcodes(.concatenation)),
  ]

  /// All that the network knows: neither OP_CAT nor what keeps it away.
  static let all: [Flag] = names.dropLast(2).map(\.flag)

  init(_ flags: [Flag] = []) { for flag in flags { insert(flag) } }

  init(parsing text: String) throws {
    for name in text.split(separator: ",") where name != "NONE" {
      guard let known = Self.names.first(where: { $0.name == name }) else {
        throw CoreScript.Unknown(word: String(name))
      }
      insert(known.flag)
    }
  }

  mutating func insert(_ flag: Flag) {
    switch flag {
    case .consensus(let rule): consensus.insert(rule)
    case .policy(let rule): policy.insert(rule)
    case .opcodes(let profile): opcodes.insert(profile)
    }
  }

  mutating func remove(_ flag: Flag) {
    switch flag {
    case .consensus(let rule): consensus.remove(rule)
    case .policy(let rule): policy.remove(rule)
    case .opcodes(let profile): opcodes.remove(profile)
    }
  }

  func contains(_ flag: Flag) -> Bool {
    switch flag {
    case .consensus(let rule): consensus.contains(rule)
    case .policy(let rule): policy.contains(rule)
    case .opcodes(let profile): opcodes.contains(profile)
    }
  }

  /// Without rules whose ground is missing, as the test data mean them.
  var trimmed: CoreFlags {
    var flags = self
    if !flags.consensus.contains(.payToScriptHash) { flags.consensus.remove(.witness) }
    if !flags.consensus.contains(.witness) { flags.policy.remove(.cleanStack) }
    return flags
  }

  var rules: Rules { Rules(consensus: consensus, policy: policy, opcodes: opcodes) }
}
