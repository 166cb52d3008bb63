// What a proof file can claim: one case for each statement that ships.

public import ApusField
public import ApusPoseidon2
public import ApusSTARK

/// The public part of a statement, as a proof file carries it.
public enum ProofClaim: Sendable, Equatable {
  case headers(HeaderClaim)
  case fibonacci(FibonacciClaim<BabyBear>)
  case fibonacciGoldilocks(FibonacciClaim<Goldilocks>)
  case poseidon2(PermutationClaim<Poseidon2BabyBear16>)
  case poseidon2Goldilocks(PermutationClaim<Poseidon2Goldilocks8>)

  /// The byte that names the statement in a file. Numbers are never used again; 1 was headers without their times.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case fibonacci = 2
    case poseidon2 = 3
    case fibonacciGoldilocks = 4
    case poseidon2Goldilocks = 5
    case headers = 6

    /// How many bytes the claim takes.
    public var claimByteCount: Int {
      switch self {
      case .headers: HeaderClaim.byteCount
      case .fibonacci: FibonacciClaim<BabyBear>.byteCount
      case .fibonacciGoldilocks: FibonacciClaim<Goldilocks>.byteCount
      case .poseidon2: PermutationClaim<Poseidon2BabyBear16>.byteCount
      case .poseidon2Goldilocks: PermutationClaim<Poseidon2Goldilocks8>.byteCount
      }
    }
  }

  public var kind: Kind {
    switch self {
    case .headers: .headers
    case .fibonacci: .fibonacci
    case .fibonacciGoldilocks: .fibonacciGoldilocks
    case .poseidon2: .poseidon2
    case .poseidon2Goldilocks: .poseidon2Goldilocks
    }
  }

  /// What prover and verifier work on.
  public var statement: any Statement {
    switch self {
    case .headers(let claim): HeaderStatement(claim)
    case .fibonacci(let claim): claim.statement
    case .fibonacciGoldilocks(let claim): claim.statement
    case .poseidon2(let claim): claim.statement
    case .poseidon2Goldilocks(let claim): claim.statement
    }
  }

  public var bytes: [UInt8] {
    switch self {
    case .headers(let claim): claim.bytes
    case .fibonacci(let claim): claim.bytes
    case .fibonacciGoldilocks(let claim): claim.bytes
    case .poseidon2(let claim): claim.bytes
    case .poseidon2Goldilocks(let claim): claim.bytes
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
    case .fibonacciGoldilocks:
      do throws(FibonacciClaimError) {
        self = .fibonacciGoldilocks(try FibonacciClaim(bytes: bytes))
      } catch { throw .fibonacci(error) }
    case .poseidon2:
      do throws(PermutationClaimError) {
        self = .poseidon2(try PermutationClaim(bytes: bytes))
      } catch { throw .permutations(error) }
    case .poseidon2Goldilocks:
      do throws(PermutationClaimError) {
        self = .poseidon2Goldilocks(try PermutationClaim(bytes: bytes))
      } catch { throw .permutations(error) }
    }
  }
}
