// A script with what it takes from the stack: the part of a case that does not know which output it spends.

import ApusScript

/// A signature that a script checks; made when the transaction is complete.
struct SignatureRequest {
  /// Which of ``Keys/pairs``.
  var key: Int
  var type: UInt8
  var ecdsa: ECDSAForm = .strict
  var schnorr: SchnorrForm = .good
  /// Where the script code begins: after the last executed OP_CODESEPARATOR.
  var codeBegin = 0
  /// That opcode's number.
  var codeSeparator = UInt32.max
}

struct Program {
  enum Input {
    case bytes([UInt8])
    /// One of ``requests``.
    case signature(Int)
  }
  /// The first is pushed first.
  var inputs: [Input] = []
  var script: [UInt8] = []
  /// `nil` for signatures that the script does not check.
  var requests: [SignatureRequest?] = []
}

/// What a script can know of its transaction.
struct Surroundings {
  var version: UInt32
  var lockTime: UInt32
  var sequence: UInt32
  /// Whether a signature may cover the output of the input's number.
  var hasOutput: Bool
  /// Whether only what nodes relay is written: shortest pushes, known keys, empty failures.
  var isStandard: Bool
}
