// The rules a script can break: one for each error that the network's reference implementation knows.

/// Which rule was broken. The raw values are this package's own.
public enum ScriptRule: UInt8, Error, CaseIterable, Sendable {
  // Results.
  case evalFalse
  case opReturn

  // Sizes.
  case scriptSize
  case pushSize
  case opCount
  case stackSize
  case sigCount
  case pubkeyCount

  // Opcodes that verify.
  case verify
  case equalVerify
  case checkMultiSigVerify
  case checkSigVerify
  case numEqualVerify

  // Form.
  case badOpcode
  case disabledOpcode
  case invalidStackOperation
  case invalidAltStackOperation
  case unbalancedConditional
  case scriptNumber

  // Lock times.
  case negativeLockTime
  case unsatisfiedLockTime

  // Malleability.
  case sigHashType
  case sigDER
  case minimalData
  case sigPushOnly
  case sigHighS
  case sigNullDummy
  case pubkeyType
  case cleanStack
  case minimalIf
  case sigNullFail

  // Room for soft forks.
  case discourageUpgradableNops
  case discourageUpgradableWitnessProgram
  case discourageUpgradableTaprootVersion
  case discourageOpSuccess
  case discourageUpgradablePubkeyType
  case discourageOpCat

  // Segregated witness.
  case witnessProgramWrongLength
  case witnessProgramWitnessEmpty
  case witnessProgramMismatch
  case witnessMalleated
  case witnessMalleatedP2SH
  case witnessUnexpected
  case witnessPubkeyType

  // Taproot.
  case schnorrSigSize
  case schnorrSigHashType
  case schnorrSig
  case taprootWrongControlSize
  case tapscriptValidationWeight
  case tapscriptCheckMultiSig
  case tapscriptMinimalIf
  case tapscriptEmptyPubkey

  // Constant script code.
  case opCodeSeparator
  case sigFindAndDelete

  // This engine's own.
  case noTransaction
}
