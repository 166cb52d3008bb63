// A claim and its proof in one file: what travels from whoever proves to whoever verifies.

public import ApusSTARK

/// A proof together with what it proves.
///
/// | bytes | field |
/// |---|---|
/// | 0 ..< 4 | `APPF` |
/// | 4 ..< 6 | version of this format, little-endian |
/// | 6 | which statement: ``ProofClaim/Kind`` |
/// | from 7 | the claim, of a length that the kind fixes |
/// | the rest | the proof, of a length that the claim fixes |
///
/// Different bytes are different files: nothing here has two encodings. A value of this type is well formed, not true;
/// ``verify(demanding:)`` says whether the proof holds.
public struct ProofFile: Sendable, Equatable {
  static let magic = Array("APPF".utf8)
  public static let version = 1
  static let headByteCount = 7
  /// Many times what any preset needs, and a bound on what a stranger can make a reader hold.
  public static let maximumByteCount = 16 << 20

  public let claim: ProofClaim
  public let proof: Proof

  public init(claim: ProofClaim, proof: Proof) {
    self.claim = claim
    self.proof = proof
  }

  public var bytes: [UInt8] {
    Self.magic + [UInt8(Self.version & 0xff), UInt8(Self.version >> 8), claim.kind.rawValue]
      + claim.bytes + proof.bytes
  }

  public init(bytes: [UInt8]) throws(ProofFileError) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= Self.maximumByteCount else { throw .tooLarge(bytes: bytes.count) }
    guard bytes.starts(with: Self.magic) else {
      // A proof without its claim is an easy mistake for who links the library, and deserves its own words.
      if (try? Proof(bytes: bytes)) != nil { throw .claimMissing }
      throw .notAProofFile
    }
    guard bytes.count >= Self.headByteCount else {
      throw .truncated(part: "the head", needed: Self.headByteCount, left: bytes.count)
    }
    let version = Int(bytes[4]) | Int(bytes[5]) << 8
    guard version == Self.version else { throw .unsupportedVersion(found: version, supported: Self.version) }
    guard let kind = ProofClaim.Kind(rawValue: bytes[6]) else { throw .unknownStatement(id: Int(bytes[6])) }

    let left = bytes.count - Self.headByteCount
    guard left >= kind.claimByteCount else {
      throw .truncated(part: "the claim", needed: kind.claimByteCount, left: left)
    }
    let claimEnd = Self.headByteCount + kind.claimByteCount
    claim = try ProofClaim(kind, bytes: bytes.span.extracting(Self.headByteCount..<claimEnd))
    do throws(VerificationError) { proof = try Proof(bytes: Array(bytes[claimEnd...])) } catch { throw .proof(error) }
  }

  /// Checks the proof against the claim.
  ///
  /// - Throws: ``VerificationError`` with the reason why the proof is refused; ``StatementError`` or
  ///   ``ProofShapeError`` if its parameters cannot serve the claim.
  @discardableResult
  public func verify(demanding preset: SecurityPreset = .proven128) throws -> VerifiedProof {
    try Verifier(demanding: preset).verify(proof, of: claim.statement)
  }
}
