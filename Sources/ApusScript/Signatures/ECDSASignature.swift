// ECDSA signatures as the network takes them, over libsecp256k1.

internal import CSecp256k1

public enum ECDSASignature {
  /// Whether `signature`, which ends without a hash type, is the key's for a digest of 32 bytes.
  ///
  /// It is read as loosely as before BIP-66, and S may be high: stricter rules are checked apart. Hybrid keys, which
  /// begin with 6 or 7, are keys too.
  public static func verify(_ signature: some Collection<UInt8>, digest: [UInt8], key: [UInt8]) -> Bool {
    guard digest.count == 32, PublicKeyEncoding.isPlausible(key), var signature = parse(Array(signature)) else {
      return false
    }
    let context = apus_secp256k1_public_context()
    var point = secp256k1_pubkey()
    guard secp256k1_ec_pubkey_parse(context, &point, key, key.count) == 1 else { return false }
    withUnsafeMutablePointer(to: &signature) { _ = secp256k1_ecdsa_signature_normalize(context, $0, $0) }
    return secp256k1_ecdsa_verify(context, &signature, digest, &point) == 1
  }

  /// Whether S is at most half the order; false also where nothing can be read.
  static func hasLowS(_ signature: some Collection<UInt8>) -> Bool {
    guard var signature = parse(Array(signature)) else { return false }
    return secp256k1_ecdsa_signature_normalize(apus_secp256k1_public_context(), nil, &signature) == 0
  }

  /// The signature of integers that are in range; of zeros, which no key makes, where one is not.
  private static func parse(_ bytes: [UInt8]) -> secp256k1_ecdsa_signature? {
    guard let compact = LaxDER.compact(bytes) else { return nil }
    let context = apus_secp256k1_public_context()
    var signature = secp256k1_ecdsa_signature()
    if secp256k1_ecdsa_signature_parse_compact(context, &signature, compact) == 0 {
      _ = secp256k1_ecdsa_signature_parse_compact(context, &signature, [UInt8](repeating: 0, count: 64))
    }
    return signature
  }
}
