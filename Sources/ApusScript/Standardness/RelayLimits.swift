// How far standard transactions go.

/// What nodes relay by default: the figures of Bitcoin Core 30.0, with none of its options changed.
///
/// Earlier versions relay less: before 30, one OP_RETURN output of at most 83 bytes; before 29, no dust at all; before 28,
/// neither version 3 nor anchors. They have no limit on ``legacySignatureOperations`` before 30.
public enum RelayLimits {
  public static let versions: ClosedRange<UInt32> = 1...3
  /// Weight units of a transaction.
  public static let weight = 400_000
  /// Virtual bytes of a transaction of version 3 (BIP-431).
  public static let version3VirtualSize = 10_000
  /// Bytes without witness: 64 could be taken for an inner node of a block's Merkle tree.
  public static let leastBytes = 65
  public static let scriptSigBytes = 1650
  /// Keys of an OP_CHECKMULTISIG output without a script hash around it.
  public static let bareMultiSignatureKeys = 3
  /// Bytes of all OP_RETURN outputs' scripts together.
  public static let dataBytes = 100_000
  /// Outputs that are dust, in a transaction that pays no fee.
  public static let dustOutputs = 1
  /// Satoshi for each byte of an output and of the input that spends it: outputs of less are dust.
  public static let dustRate = 3
  public static let signatureOperationCost = 16_000
  public static let legacySignatureOperations = 2_500
  public static let redeemScriptSignatureOperations = 15
  public static let witnessScriptBytes = 3_600
  /// Elements of a version 0 witness beside its script.
  public static let witnessElements = 100
  /// Bytes of each element that a version 0 witness script or a tapscript is given.
  public static let witnessElementBytes = 80
  /// How many bytes of virtual size, times four, a unit of signature operation cost stands for.
  static let bytesPerSignatureOperation = 20
}
