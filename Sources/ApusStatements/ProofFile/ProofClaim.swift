// What a proof file can claim: one case for each statement that ships.

public import ApusSTARK

/// The public part of a statement, as a proof file carries it.
public enum ProofClaim: Sendable, Equatable {
  case headers(HeaderClaim)
  case fibonacci(FibonacciClaim)

  /// The byte that names the statement in a file. Numbers are never used again.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case headers = 1
    case fibonacci = 2

    /// How many bytes the claim takes.
    public var claimByteCount: Int {
      switch self {
      case .headers: HeaderClaim.byteCount
      case .fibonacci: FibonacciClaim.byteCount
      }
    }
  }

  public var kind: Kind {
    switch self {
    case .headers: .headers
    case .fibonacci: .fibonacci
    }
  }

  /// What prover and verifier work on.
  public var statement: any Statement {
    switch self {
    case .headers(let claim): HeaderStatement(claim)
    case .fibonacci(let claim): claim.statement
    }
  }

  public var bytes: [UInt8] {
    switch self {
    case .headers(let claim): claim.bytes
    case .fibonacci(let claim): claim.bytes
    }
  }

  init(_ kind: Kind, bytes: Span<UInt8>) throws(ProofFileError) {
    switch kind {
    case .headers:
      do throws(HeaderClaimError) { self = .headers(try HeaderClaim(bytes: bytes)) } catch { throw .headers(error) }
    case .fibonacci:
      do throws(FibonacciClaimError) {
        self = .fibonacci(try FibonacciClaim(bytes: bytes))
      } catch { throw .fibonacci(error) }
    }
  }
}
