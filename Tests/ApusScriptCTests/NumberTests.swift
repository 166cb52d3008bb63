// What the header promises never changes: its numbers, and what they stand for.

import ApusScript
import ApusScriptC
import CApusScript
import Testing

struct NumberTests {
  /// In the order of their numbers, from 1: append only.
  static let rules = """
    EVAL_FALSE OP_RETURN SCRIPT_SIZE PUSH_SIZE OP_COUNT STACK_SIZE SIG_COUNT PUBKEY_COUNT VERIFY EQUALVERIFY
    CHECKMULTISIGVERIFY CHECKSIGVERIFY NUMEQUALVERIFY BAD_OPCODE DISABLED_OPCODE INVALID_STACK_OPERATION
    INVALID_ALTSTACK_OPERATION UNBALANCED_CONDITIONAL SCRIPTNUM NEGATIVE_LOCKTIME UNSATISFIED_LOCKTIME
    SIG_HASHTYPE SIG_DER MINIMALDATA SIG_PUSHONLY SIG_HIGH_S SIG_NULLDUMMY PUBKEYTYPE CLEANSTACK MINIMALIF
    NULLFAIL DISCOURAGE_UPGRADABLE_NOPS DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM
    DISCOURAGE_UPGRADABLE_TAPROOT_VERSION DISCOURAGE_OP_SUCCESS DISCOURAGE_UPGRADABLE_PUBKEYTYPE
    DISCOURAGE_OP_CAT WITNESS_PROGRAM_WRONG_LENGTH WITNESS_PROGRAM_WITNESS_EMPTY WITNESS_PROGRAM_MISMATCH
    WITNESS_MALLEATED WITNESS_MALLEATED_P2SH WITNESS_UNEXPECTED WITNESS_PUBKEYTYPE SCHNORR_SIG_SIZE
    SCHNORR_SIG_HASHTYPE SCHNORR_SIG TAPROOT_WRONG_CONTROL_SIZE TAPSCRIPT_VALIDATION_WEIGHT
    TAPSCRIPT_CHECKMULTISIG TAPSCRIPT_MINIMALIF TAPSCRIPT_EMPTY_PUBKEY OP_CODESEPARATOR SIG_FINDANDDELETE
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  @Test func everyRuleHasItsNumber() {
    let known = ScriptRule.allCases.filter { $0 != .noTransaction }
    #expect(known.count == Self.rules.count)
    for rule in known { #expect(Self.rules[Int(rule.code) - 1] == rule.name) }
    #expect(ScriptRule.noTransaction.code == 0)
  }

  @Test func flagsOfBlockAndRelay() {
    #expect(Rules(flags: APUS_SCRIPT_BLOCK) == .block)
    #expect(Rules(flags: APUS_SCRIPT_RELAY) == .relay)
    #expect(Rules(flags: 0) == Rules(consensus: []))
    #expect(Rules(flags: APUS_SCRIPT_OP_CAT)?.opcodes == .concatenation)
    // Each flag is a rule of its own, and the others are none.
    var seen: Set<Rules> = []
    for bit in 0..<32 {
      let flag = UInt32(1) << bit
      let rules = Rules(flags: flag)
      #expect((rules != nil) == ((APUS_SCRIPT_RELAY | APUS_SCRIPT_DISCOURAGE_OP_CAT | APUS_SCRIPT_OP_CAT) & flag != 0))
      if let rules { seen.insert(rules) }
    }
    #expect(seen.count == 23)
  }

  @Test func versionAndNames() {
    #expect(
      apus_script_version()
        == UInt32(
          APUS_SCRIPT_VERSION_MAJOR << 16 | APUS_SCRIPT_VERSION_MINOR << 8 | APUS_SCRIPT_VERSION_PATCH))
    let names = (0...5).map { (status: apus_script_status) in String(cString: apus_script_status_name(status)) }
    #expect(Set(names).count == 6 && !names.contains("unknown status"))
    for status: apus_script_status in [-1, 6, .max] {
      #expect(String(cString: apus_script_status_name(status)) == "unknown status")
    }
  }
}
