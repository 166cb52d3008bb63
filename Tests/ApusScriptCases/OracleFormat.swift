// What goes to the oracle's process and what comes back: its flags, its errors, its bytes.

public import ApusScript

/// Rules as the network's code numbers them.
struct OracleFlags {
  var consensus: UInt32 = 0
  var others: UInt32 = 0

  private static let consensusBits: [(ConsensusRules, UInt32)] = [
    (.payToScriptHash, 0), (.derSignatures, 2), (.nullDummy, 4), (.checkLockTimeVerify, 9), (.checkSequenceVerify, 10),
    (.witness, 11), (.taproot, 17),
  ]
  private static let policyBits: [(PolicyRules, UInt32)] = [
    (.strictEncoding, 1), (.lowS, 3), (.signaturePushOnly, 5), (.minimalData, 6), (.discourageUpgradableNops, 7),
    (.cleanStack, 8), (.discourageUpgradableWitnessProgram, 12), (.minimalIf, 13), (.nullFail, 14),
    (.witnessPubkeyType, 15), (.constantScriptCode, 16), (.discourageUpgradableTaprootVersion, 18),
    (.discourageOpSuccess, 19), (.discourageUpgradablePubkeyType, 20),
  ]
  static let consensusRules = consensusBits.map(\.0)
  static let policyRules = policyBits.map(\.0)

  init(_ rules: Rules) {
    for (rule, bit) in Self.consensusBits where rules.consensus.contains(rule) { consensus |= 1 << bit }
    for (rule, bit) in Self.policyBits where rules.policy.contains(rule) { others |= 1 << bit }
  }
}

extension ScriptRule {
  /// The network's code numbers its errors; these are the numbers of the release that is asked.
  static let numbered: [UInt8: ScriptRule] = [
    2: .evalFalse, 3: .opReturn, 4: .scriptNumber, 5: .scriptSize, 6: .pushSize, 7: .opCount, 8: .stackSize,
    9: .sigCount, 10: .pubkeyCount, 11: .verify, 12: .equalVerify, 13: .checkMultiSigVerify, 14: .checkSigVerify,
    15: .numEqualVerify, 16: .badOpcode, 17: .disabledOpcode, 18: .invalidStackOperation,
    19: .invalidAltStackOperation, 20: .unbalancedConditional, 21: .negativeLockTime, 22: .unsatisfiedLockTime,
    23: .sigHashType, 24: .sigDER, 25: .minimalData, 26: .sigPushOnly, 27: .sigHighS, 28: .sigNullDummy,
    29: .pubkeyType, 30: .cleanStack, 31: .minimalIf, 32: .sigNullFail, 33: .discourageUpgradableNops,
    34: .discourageUpgradableWitnessProgram, 35: .discourageUpgradableTaprootVersion, 36: .discourageOpSuccess,
    37: .discourageUpgradablePubkeyType, 38: .witnessProgramWrongLength, 39: .witnessProgramWitnessEmpty,
    40: .witnessProgramMismatch, 41: .witnessMalleated, 42: .witnessMalleatedP2SH, 43: .witnessUnexpected,
    44: .witnessPubkeyType, 45: .schnorrSigSize, 46: .schnorrSigHashType, 47: .schnorrSig,
    48: .taprootWrongControlSize, 49: .tapscriptValidationWeight, 50: .tapscriptCheckMultiSig,
    51: .tapscriptMinimalIf, 52: .tapscriptEmptyPubkey, 53: .opCodeSeparator, 54: .sigFindAndDelete,
  ]

  /// All that the oracle can answer with.
  public static var knownToOracle: Set<ScriptRule> { Set(numbered.values) }
  /// Those that keep a transaction from being relayed, and no block from holding it.
  public static let policyAlone: Set<ScriptRule> = [
    .sigHashType, .minimalData, .sigHighS, .pubkeyType, .minimalIf, .sigNullFail, .discourageUpgradableNops,
    .discourageUpgradableWitnessProgram, .discourageUpgradableTaprootVersion, .discourageOpSuccess,
    .discourageUpgradablePubkeyType, .witnessPubkeyType, .opCodeSeparator, .sigFindAndDelete,
  ]
}

extension SpendCase {
  /// The case as the oracle reads it.
  var encoded: [UInt8] {
    let flags = OracleFlags(rules)
    var bytes = littleEndian(flags.consensus) + littleEndian(flags.others) + littleEndian(UInt32(input))
    bytes += littleEndian(UInt32(spentOutputs.count))
    for output in spentOutputs {
      bytes += littleEndian(output.value) + littleEndian(UInt32(output.script.bytes.count)) + output.script.bytes
    }
    return bytes + littleEndian(UInt32(transaction.count)) + transaction
  }
}

func littleEndian<W: FixedWidthInteger>(_ word: W) -> [UInt8] {
  (0..<W.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> W($0 * 8)) }
}
