// Schnorr signatures (BIP-340), over libsecp256k1.

internal import CSecp256k1

public enum SchnorrSignature {
  /// Whether `signature` is the key's for `message`, which may have any length.
  public static func verify(_ signature: [UInt8], message: [UInt8], key: [UInt8]) -> Bool {
    guard signature.count == 64, var key = XOnlyKey.parse(key) else { return false }
    return secp256k1_schnorrsig_verify(apus_secp256k1_public_context(), signature, message, message.count, &key) == 1
  }

  /// Signs a message of any length; `nil` if the secret is no secret key.
  ///
  /// - Parameters:
  ///   - secret: 32 bytes.
  ///   - auxiliary: 32 bytes of randomness, which protect the nonce against who measures the signer. Zeros are safe
  ///     otherwise.
  public static func sign(_ message: [UInt8], secret: [UInt8], auxiliary: [UInt8]) -> [UInt8]? {
    guard secret.count == 32, auxiliary.count == 32 else { return nil }
    let context = SigningContext()
    var pair = secp256k1_keypair()
    defer { withUnsafeMutableBytes(of: &pair) { wipe($0) } }
    guard secp256k1_keypair_create(context.pointer, &pair, secret) == 1 else { return nil }
    var signature = [UInt8](repeating: 0, count: 64)
    var auxiliary = auxiliary
    let isSigned = auxiliary.withUnsafeMutableBytes { auxiliary in
      var parameters = secp256k1_schnorrsig_extraparams(
        magic: (0xda, 0x6f, 0xb3, 0x8c), noncefp: nil, ndata: auxiliary.baseAddress)
      defer { wipe(auxiliary) }
      return secp256k1_schnorrsig_sign_custom(
        context.pointer, &signature, message, message.count, &pair, &parameters) == 1
    }
    return isSigned ? signature : nil
  }

  /// The 32-byte public key of a secret; `nil` if it is no secret key.
  public static func publicKey(of secret: [UInt8]) -> [UInt8]? {
    guard secret.count == 32 else { return nil }
    let context = SigningContext()
    var (pair, key) = (secp256k1_keypair(), secp256k1_xonly_pubkey())
    defer { withUnsafeMutableBytes(of: &pair) { wipe($0) } }
    var bytes = [UInt8](repeating: 0, count: 32)
    guard secp256k1_keypair_create(context.pointer, &pair, secret) == 1,
      secp256k1_keypair_xonly_pub(context.pointer, &key, nil, &pair) == 1,
      secp256k1_xonly_pubkey_serialize(context.pointer, &bytes, &key) == 1
    else { return nil }
    return bytes
  }

  /// The secret of the public key that is this secret's plus `tweak` times the generator; `nil` if there is none.
  public static func tweaked(secret: [UInt8], by tweak: [UInt8]) -> [UInt8]? {
    guard secret.count == 32, tweak.count == 32 else { return nil }
    let context = SigningContext()
    var pair = secp256k1_keypair()
    defer { withUnsafeMutableBytes(of: &pair) { wipe($0) } }
    var result = [UInt8](repeating: 0, count: 32)
    guard secp256k1_keypair_create(context.pointer, &pair, secret) == 1,
      secp256k1_keypair_xonly_tweak_add(context.pointer, &pair, tweak) == 1,
      secp256k1_keypair_sec(context.pointer, &result, &pair) == 1
    else { return nil }
    return result
  }
}
