// Keys and signatures of every shape: good ones, and those that only some rules refuse.

import ApusScript
internal import CSecp256k1

/// Key pairs that every run shares, and the context that signs with them.
final class Keys: @unchecked Sendable {
  static let shared = Keys()

  struct Pair {
    let secret: [UInt8]
    let compressed, uncompressed, hybrid, xOnly: [UInt8]
  }
  let pairs: [Pair]
  /// After its creation the context is only read.
  private let context: OpaquePointer

  private init() {
    let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)).unsafelyUnwrapped
    self.context = context
    pairs = (1...8).map { number in
      let secret = [UInt8](repeating: 0, count: 30) + [UInt8(number * 29 & 0xff), UInt8(number)]
      var key = secp256k1_pubkey()
      precondition(secp256k1_ec_pubkey_create(context, &key, secret) == 1, "a small number is a secret key")
      func serialized(_ count: Int, _ form: Int32) -> [UInt8] {
        var (bytes, size) = ([UInt8](repeating: 0, count: count), count)
        _ = secp256k1_ec_pubkey_serialize(context, &bytes, &size, &key, UInt32(form))
        return bytes
      }
      let compressed = serialized(33, SECP256K1_EC_COMPRESSED)
      let uncompressed = serialized(65, SECP256K1_EC_UNCOMPRESSED)
      // A hybrid key says the parity of y, and y too.
      let hybrid = [uncompressed[64] & 1 == 0 ? UInt8(6) : 7] + uncompressed[1...]
      return Pair(
        secret: secret, compressed: compressed, uncompressed: uncompressed, hybrid: hybrid,
        xOnly: Array(compressed[1...]))
    }
  }

  /// R and S of an ECDSA signature, S the lower one.
  func ecdsa(_ digest: [UInt8], secret: [UInt8]) -> (r: [UInt8], s: [UInt8]) {
    var (signature, compact) = (secp256k1_ecdsa_signature(), [UInt8](repeating: 0, count: 64))
    precondition(secp256k1_ecdsa_sign(context, &signature, digest, secret, nil, nil) == 1, "a secret key signs")
    _ = secp256k1_ecdsa_signature_serialize_compact(context, &compact, &signature)
    return (Array(compact[..<32]), Array(compact[32...]))
  }

  /// A Schnorr signature; `tweak` leads from the key to a Taproot output's.
  func schnorr(_ digest: [UInt8], secret: [UInt8], tweak: [UInt8]? = nil) -> [UInt8] {
    var (pair, signature) = (secp256k1_keypair(), [UInt8](repeating: 0, count: 64))
    precondition(secp256k1_keypair_create(context, &pair, secret) == 1, "a secret key makes a pair")
    if let tweak { _ = secp256k1_keypair_xonly_tweak_add(context, &pair, tweak) }
    _ = secp256k1_schnorrsig_sign32(context, &signature, digest, &pair, nil)
    return signature
  }
}

/// How an ECDSA signature is written.
enum ECDSAForm: CaseIterable {
  case strict
  /// The other S: policy alone refuses it.
  case highS
  /// Forms that were signatures before BIP-66.
  case longLength, paddedR, trailing, wrongSequenceLength
  /// No signature of this message.
  case forged
  /// R as large as no signature has.
  case overflow
  /// Bytes without two integers.
  case garbage
  case empty

  /// Whether it verifies where BIP-66 does not hold.
  var isGood: Bool {
    switch self {
    case .strict, .highS, .longLength, .paddedR, .trailing, .wrongSequenceLength: true
    case .forged, .overflow, .garbage, .empty: false
    }
  }
  /// Whether BIP-66 accepts it.
  var isStrict: Bool {
    switch self {
    case .strict, .highS, .forged, .empty: true
    default: false
    }
  }

  func signature(_ digest: [UInt8], secret: [UInt8], type: UInt8) -> [UInt8] {
    if self == .empty { return [] }
    if self == .garbage { return [0x30, 0x05, 0x02, 0x01, 0x01, 0x03, 0x01] + [type] }
    var (r, s) = Keys.shared.ecdsa(digest, secret: secret)
    if self == .highS { s = Self.negated(s) }
    if self == .forged { r[31] ^= 1 }
    if self == .overflow { r = [UInt8](repeating: 0xff, count: 32) }
    let body = Self.integer(r, padding: self == .paddedR ? 2 : 0) + Self.integer(s, padding: 0)
    var length = [UInt8(body.count)]
    if self == .longLength { length = [0x82, 0, UInt8(body.count)] }
    if self == .wrongSequenceLength { length = [UInt8(body.count / 2)] }
    return [0x30] + length + body + (self == .trailing ? [1, 2, 3] : []) + [type]
  }

  private static func integer(_ bytes: [UInt8], padding: Int) -> [UInt8] {
    var content = Array(bytes.drop { $0 == 0 })
    if content.isEmpty || content[0] >= 0x80 { content.insert(0, at: 0) }
    content = [UInt8](repeating: 0, count: padding) + content
    return [2, UInt8(content.count)] + content
  }

  private static let order: [UInt8] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
  ]

  /// The order less `s`.
  private static func negated(_ s: [UInt8]) -> [UInt8] {
    var (result, borrow) = (s, 0)
    for i in (0..<32).reversed() {
      let digit = Int(order[i]) - Int(s[i]) - borrow
      result[i] = UInt8(truncatingIfNeeded: digit)
      borrow = digit < 0 ? 1 : 0
    }
    return result
  }
}

/// How a Schnorr signature is written.
enum SchnorrForm: CaseIterable {
  case good, forged, short, long, defaultWithByte, empty

  func signature(_ type: UInt8, _ sign: () -> [UInt8]) -> [UInt8] {
    let suffix = type == 0 ? [] : [type]
    switch self {
    case .good: return sign() + suffix
    case .forged:
      var signature = sign()
      signature[40] ^= 4
      return signature + suffix
    case .short: return Array(sign().dropLast())
    case .long: return sign() + [1, 1]
    case .defaultWithByte: return sign() + [0]
    case .empty: return []
    }
  }
}
