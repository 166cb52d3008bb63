// Keys of 32 bytes, and their tweaks (BIP-340, BIP-341), over libsecp256k1.

internal import CSecp256k1

/// A 32-byte public key: the x coordinate of the point with even y.
public enum XOnlyKey {
  static func parse(_ bytes: [UInt8]) -> secp256k1_xonly_pubkey? {
    guard bytes.count == 32 else { return nil }
    var key = secp256k1_xonly_pubkey()
    return secp256k1_xonly_pubkey_parse(apus_secp256k1_public_context(), &key, bytes) == 1 ? key : nil
  }

  /// The internal key of outputs that only scripts spend. Finding its point takes a fifth of checking a tweak.
  private static let unspendable = parse(TaprootOutput.unspendableKey)

  /// Whether `output`, with that parity, is `internalKey` plus `tweak` times the generator.
  public static func isTweaked(_ output: [UInt8], isOdd: Bool, from internalKey: [UInt8], by tweak: [UInt8]) -> Bool {
    let known = internalKey == TaprootOutput.unspendableKey ? unspendable : nil
    guard output.count == 32, tweak.count == 32, var key = known ?? parse(internalKey) else { return false }
    return secp256k1_xonly_pubkey_tweak_add_check(
      apus_secp256k1_public_context(), output, isOdd ? 1 : 0, &key, tweak) == 1
  }

  /// `internalKey` plus `tweak` times the generator, and whether its y is odd; `nil` if there is no such key.
  public static func tweaked(_ internalKey: [UInt8], by tweak: [UInt8]) -> (key: [UInt8], isOdd: Bool)? {
    guard tweak.count == 32, var key = parse(internalKey) else { return nil }
    let context = apus_secp256k1_public_context()
    var (point, xOnly, parity) = (secp256k1_pubkey(), secp256k1_xonly_pubkey(), CInt(0))
    var output = [UInt8](repeating: 0, count: 32)
    guard secp256k1_xonly_pubkey_tweak_add(context, &point, &key, tweak) == 1,
      secp256k1_xonly_pubkey_from_pubkey(context, &xOnly, &parity, &point) == 1,
      secp256k1_xonly_pubkey_serialize(context, &output, &xOnly) == 1
    else { return nil }
    return (output, parity == 1)
  }
}
