// Which flags and numbers of the header stand for which rules and stages.

import ApusScript
import CApusScript

extension Rules {
  private static let consensusFlags: [(flag: UInt32, rule: ConsensusRules)] = [
    (APUS_SCRIPT_P2SH, .payToScriptHash),
    (APUS_SCRIPT_DER_SIGNATURES, .derSignatures),
    (APUS_SCRIPT_NULL_DUMMY, .nullDummy),
    (APUS_SCRIPT_CHECK_LOCK_TIME_VERIFY, .checkLockTimeVerify),
    (APUS_SCRIPT_CHECK_SEQUENCE_VERIFY, .checkSequenceVerify),
    (APUS_SCRIPT_WITNESS, .witness),
    (APUS_SCRIPT_TAPROOT, .taproot),
  ]
  private static let policyFlags: [(flag: UInt32, rule: PolicyRules)] = [
    (APUS_SCRIPT_STRICT_ENCODING, .strictEncoding),
    (APUS_SCRIPT_LOW_S, .lowS),
    (APUS_SCRIPT_SIGNATURE_PUSH_ONLY, .signaturePushOnly),
    (APUS_SCRIPT_MINIMAL_DATA, .minimalData),
    (APUS_SCRIPT_DISCOURAGE_UPGRADABLE_NOPS, .discourageUpgradableNops),
    (APUS_SCRIPT_CLEAN_STACK, .cleanStack),
    (APUS_SCRIPT_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM, .discourageUpgradableWitnessProgram),
    (APUS_SCRIPT_MINIMAL_IF, .minimalIf),
    (APUS_SCRIPT_NULL_FAIL, .nullFail),
    (APUS_SCRIPT_WITNESS_PUBKEY_TYPE, .witnessPubkeyType),
    (APUS_SCRIPT_CONSTANT_SCRIPT_CODE, .constantScriptCode),
    (APUS_SCRIPT_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION, .discourageUpgradableTaprootVersion),
    (APUS_SCRIPT_DISCOURAGE_OP_SUCCESS, .discourageOpSuccess),
    (APUS_SCRIPT_DISCOURAGE_UPGRADABLE_PUBKEY_TYPE, .discourageUpgradablePubkeyType),
    (APUS_SCRIPT_DISCOURAGE_OP_CAT, .discourageOpCat),
  ]
  private static let opcodeFlags: [(flag: UInt32, profile: OpcodeProfile)] = [(APUS_SCRIPT_OP_CAT, .concatenation)]

  /// - Returns: `nil` if a flag is none of the header's.
  package init?(flags: UInt32) {
    var left = flags
    func holds(_ flag: UInt32) -> Bool {
      defer { left &= ~flag }
      return flags & flag != 0
    }
    let consensus = Self.consensusFlags.filter { holds($0.flag) }.map(\.rule)
    let policy = Self.policyFlags.filter { holds($0.flag) }.map(\.rule)
    let opcodes = Self.opcodeFlags.filter { holds($0.flag) }.map(\.profile)
    guard left == 0 else { return nil }
    self.init(consensus: ConsensusRules(consensus), policy: PolicyRules(policy), opcodes: OpcodeProfile(opcodes))
  }
}

extension ScriptStage {
  var code: Int32 {
    let code =
      switch self {
      case .scriptSig: APUS_SCRIPT_STAGE_SCRIPT_SIG
      case .scriptPubKey: APUS_SCRIPT_STAGE_SCRIPT_PUBKEY
      case .redeemScript: APUS_SCRIPT_STAGE_REDEEM_SCRIPT
      case .witnessProgram: APUS_SCRIPT_STAGE_WITNESS_PROGRAM
      case .witnessScript: APUS_SCRIPT_STAGE_WITNESS_SCRIPT
      case .tapscript: APUS_SCRIPT_STAGE_TAPSCRIPT
      // A script by itself: no call of the header runs one.
      case .script: APUS_SCRIPT_STAGE_NONE
      }
    return Int32(code)
  }
}

extension ScriptRule {
  /// The header's number, which stays, while this type's own may change.
  package var code: Int32 {
    let code =
      switch self {
      case .evalFalse: APUS_SCRIPT_RULE_EVAL_FALSE
      case .opReturn: APUS_SCRIPT_RULE_OP_RETURN
      case .scriptSize: APUS_SCRIPT_RULE_SCRIPT_SIZE
      case .pushSize: APUS_SCRIPT_RULE_PUSH_SIZE
      case .opCount: APUS_SCRIPT_RULE_OP_COUNT
      case .stackSize: APUS_SCRIPT_RULE_STACK_SIZE
      case .sigCount: APUS_SCRIPT_RULE_SIG_COUNT
      case .pubkeyCount: APUS_SCRIPT_RULE_PUBKEY_COUNT
      case .verify: APUS_SCRIPT_RULE_VERIFY
      case .equalVerify: APUS_SCRIPT_RULE_EQUALVERIFY
      case .checkMultiSigVerify: APUS_SCRIPT_RULE_CHECKMULTISIGVERIFY
      case .checkSigVerify: APUS_SCRIPT_RULE_CHECKSIGVERIFY
      case .numEqualVerify: APUS_SCRIPT_RULE_NUMEQUALVERIFY
      case .badOpcode: APUS_SCRIPT_RULE_BAD_OPCODE
      case .disabledOpcode: APUS_SCRIPT_RULE_DISABLED_OPCODE
      case .invalidStackOperation: APUS_SCRIPT_RULE_INVALID_STACK_OPERATION
      case .invalidAltStackOperation: APUS_SCRIPT_RULE_INVALID_ALTSTACK_OPERATION
      case .unbalancedConditional: APUS_SCRIPT_RULE_UNBALANCED_CONDITIONAL
      case .scriptNumber: APUS_SCRIPT_RULE_SCRIPTNUM
      case .negativeLockTime: APUS_SCRIPT_RULE_NEGATIVE_LOCKTIME
      case .unsatisfiedLockTime: APUS_SCRIPT_RULE_UNSATISFIED_LOCKTIME
      case .sigHashType: APUS_SCRIPT_RULE_SIG_HASHTYPE
      case .sigDER: APUS_SCRIPT_RULE_SIG_DER
      case .minimalData: APUS_SCRIPT_RULE_MINIMALDATA
      case .sigPushOnly: APUS_SCRIPT_RULE_SIG_PUSHONLY
      case .sigHighS: APUS_SCRIPT_RULE_SIG_HIGH_S
      case .sigNullDummy: APUS_SCRIPT_RULE_SIG_NULLDUMMY
      case .pubkeyType: APUS_SCRIPT_RULE_PUBKEYTYPE
      case .cleanStack: APUS_SCRIPT_RULE_CLEANSTACK
      case .minimalIf: APUS_SCRIPT_RULE_MINIMALIF
      case .sigNullFail: APUS_SCRIPT_RULE_NULLFAIL
      case .discourageUpgradableNops: APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_NOPS
      case .discourageUpgradableWitnessProgram: APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM
      case .discourageUpgradableTaprootVersion: APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION
      case .discourageOpSuccess: APUS_SCRIPT_RULE_DISCOURAGE_OP_SUCCESS
      case .discourageUpgradablePubkeyType: APUS_SCRIPT_RULE_DISCOURAGE_UPGRADABLE_PUBKEYTYPE
      case .discourageOpCat: APUS_SCRIPT_RULE_DISCOURAGE_OP_CAT
      case .witnessProgramWrongLength: APUS_SCRIPT_RULE_WITNESS_PROGRAM_WRONG_LENGTH
      case .witnessProgramWitnessEmpty: APUS_SCRIPT_RULE_WITNESS_PROGRAM_WITNESS_EMPTY
      case .witnessProgramMismatch: APUS_SCRIPT_RULE_WITNESS_PROGRAM_MISMATCH
      case .witnessMalleated: APUS_SCRIPT_RULE_WITNESS_MALLEATED
      case .witnessMalleatedP2SH: APUS_SCRIPT_RULE_WITNESS_MALLEATED_P2SH
      case .witnessUnexpected: APUS_SCRIPT_RULE_WITNESS_UNEXPECTED
      case .witnessPubkeyType: APUS_SCRIPT_RULE_WITNESS_PUBKEYTYPE
      case .schnorrSigSize: APUS_SCRIPT_RULE_SCHNORR_SIG_SIZE
      case .schnorrSigHashType: APUS_SCRIPT_RULE_SCHNORR_SIG_HASHTYPE
      case .schnorrSig: APUS_SCRIPT_RULE_SCHNORR_SIG
      case .taprootWrongControlSize: APUS_SCRIPT_RULE_TAPROOT_WRONG_CONTROL_SIZE
      case .tapscriptValidationWeight: APUS_SCRIPT_RULE_TAPSCRIPT_VALIDATION_WEIGHT
      case .tapscriptCheckMultiSig: APUS_SCRIPT_RULE_TAPSCRIPT_CHECKMULTISIG
      case .tapscriptMinimalIf: APUS_SCRIPT_RULE_TAPSCRIPT_MINIMALIF
      case .tapscriptEmptyPubkey: APUS_SCRIPT_RULE_TAPSCRIPT_EMPTY_PUBKEY
      case .opCodeSeparator: APUS_SCRIPT_RULE_OP_CODESEPARATOR
      case .sigFindAndDelete: APUS_SCRIPT_RULE_SIG_FINDANDDELETE
      // An input always has its transaction.
      case .noTransaction: APUS_SCRIPT_RULE_NONE
      }
    return Int32(code)
  }
}
