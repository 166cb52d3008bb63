// `apus prove poseidon2`, and proofs over Goldilocks.

import ApusField
import ApusPoseidon2
import Foundation
import Testing

@Suite struct PermutationCommandTests {
  let workspace = Workspace()

  struct Case: Sendable, CustomTestStringConvertible {
    let field, name: String
    let width: Int
    let arguments: [String]
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ field: String, _ name: String, width: Int, _ arguments: String...) {
      (self.field, self.name, self.width, self.arguments) = (field, name, width, arguments)
    }

    static let all = [
      Case("babybear", "BabyBear", width: 16, "--security", "peers"),
      Case("babybear", "BabyBear", width: 16, "--security", "proven100", "--hash", "poseidon2", "--seed", "7"),
      Case("goldilocks", "Goldilocks", width: 8, "--security", "peers", "--hash", "keccak256"),
      // Digests of four elements reach the level, but for 10^-9 bits.
      Case("goldilocks", "Goldilocks", width: 8, "--security", "proven128", "--hash", "poseidon2"),
    ]
  }

  @Test(arguments: Case.all)
  func provesPermutations(_ example: Case) throws {
    let common = ["prove", "poseidon2", "--log-permutations", "8", "--field", example.field] + example.arguments
    let outcome = try workspace.apus(common + ["--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let proof = try #require((outcome.json?["proofs"] as? [[String: Any]])?.first)
    let items = try #require(proof["items"] as? [String: Any])
    #expect(items["name"] as? String == "permutations" && items["count"] as? Int == 256)
    let claim = try #require(proof["claim"] as? [String: Any])
    #expect(claim["field"] as? String == example.name && claim["width"] as? Int == example.width)
    #expect(claim["count"] as? Int == 256)

    let (input, output) = (states(claim, "firstInput"), states(claim, "firstOutput"))
    #expect(input.count == example.width)
    #expect(output == permuted(input, example.width))

    let level = example.arguments[1]
    let verified = try workspace.apus("verify", "poseidon2.proof", "--security", level)
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.output.contains("256 Poseidon2 permutations over \(example.name), width \(example.width)"))
    let inspected = try workspace.apus("inspect", "poseidon2.proof")
    #expect(inspected.status == 0 && inspected.output.contains("verifies     yes\n"), "\(inspected.output)")
    #expect(workspace.names == ["poseidon2.proof"])
  }

  private func states(_ claim: [String: Any], _ key: String) -> [UInt64] {
    (claim[key] as? [NSNumber])?.map(\.uint64Value) ?? []
  }

  private func permuted(_ state: [UInt64], _ width: Int) -> [UInt64] {
    if width == 16 {
      var state = state.map { BabyBear($0) }
      Poseidon2BabyBear16.permute(&state)
      return state.map(\.canonical)
    }
    var state = state.map { Goldilocks($0) }
    Poseidon2Goldilocks8.permute(&state)
    return state.map(\.canonical)
  }

  /// The sequence's value needs more than 32 bits.
  @Test func provesFibonacciOverGoldilocks() throws {
    let outcome = try workspace.apus("prove", "fibonacci", "--rows", "64", "--field", "goldilocks")
    #expect(outcome.status == 0, "\(outcome.errors)")
    var (x, y) = (Goldilocks.zero, Goldilocks.one)
    for _ in 0..<64 { (x, y) = (y, x + y) }
    let title = "value number 64 of the sequence 0, 1, … is \(x) in Goldilocks"
    #expect(outcome.output.hasPrefix(title + "\n"))
    let verified = try workspace.apus("verify", "fibonacci.proof")
    #expect(verified.status == 0 && verified.output.contains(title), "\(verified.output)\(verified.errors)")
  }

  /// Each seed has states of its own; threads and instruction sets change nothing.
  @Test func equalSeedsGiveEqualProofs() throws {
    var proofs: Set<[UInt8]> = []
    for arguments in [[], ["--threads", "1"], ["--isa", "portable"]] {
      let common = ["prove", "poseidon2", "--log-permutations", "8", "--security", "peers", "--field", "goldilocks"]
      #expect(try workspace.apus(common + arguments).status == 0)
      proofs.insert(workspace.read("poseidon2.proof"))
    }
    #expect(proofs.count == 1)
    let other = try workspace.apus(
      "prove", "poseidon2", "--log-permutations", "8", "--security", "peers", "--field", "goldilocks", "--seed", "2")
    #expect(other.status == 0)
    proofs.insert(workspace.read("poseidon2.proof"))
    #expect(proofs.count == 2)
  }

  /// Any byte of the claim, and bytes of every part of the proof.
  @Test(arguments: ["babybear", "goldilocks"])
  func aDamagedProofIsRefused(field: String) throws {
    let made = try workspace.apus(
      "prove", "poseidon2", "--log-permutations", "8", "--security", "peers", "--field", field)
    #expect(made.status == 0, "\(made.errors)")
    let honest = workspace.read("poseidon2.proof")
    for place in [7, 8, 100, 135, 142, 200, honest.count / 2, honest.count - 1] {
      var bytes = honest
      bytes[place] ^= 1
      let outcome = try workspace.apus("verify", workspace.write(bytes, "damaged.proof"), "--security", "peers")
      #expect(outcome.status != 0 && !outcome.wasKilled, "byte \(place)")
      #expect(outcome.firstError.hasPrefix("error: damaged.proof: "), "byte \(place): \(outcome.firstError)")
    }
  }

  // MARK: Bad input

  @Test(arguments: [
    (["poseidon2", "--log-permutations", "7"], "the number of permutations is 2^8 to 2^27, not 2^7"),
    (
      ["poseidon2", "--log-permutations", "28", "--field", "goldilocks"],
      "the number of permutations is 2^8 to 2^27, not 2^28"
    ),
    (["poseidon2", "--log-permutations=-1"], "the number of permutations is 2^8 to 2^27, not 2^-1"),
    (["poseidon2", "--log-permutations", "64"], "the number of permutations is 2^8 to 2^27, not 2^64"),
    (
      ["poseidon2", "--field", "mersenne"],
      """
      the value 'mersenne' is invalid for '--field <field>'. Please provide one of 'babybear' and 'goldilocks'. (see \
      'apus prove poseidon2 --help')
      """
    ),
    (
      ["fibonacci", "--field", "babybear^5"],
      """
      the value 'babybear^5' is invalid for '--field <field>'. Please provide one of 'babybear' and 'goldilocks'. (see \
      'apus prove fibonacci --help')
      """
    ),
    (
      ["poseidon2", "--log-permutations", "8", "--hash", "poseidon2"],
      """
      proven128 needs 128 bits, but poseidon2 digests resist collisions with 123.6 bits only; choose blake3, sha256 or \
      keccak256, or a lower level
      """
    ),
    (
      ["fibonacci", "--rows", "33554432", "--field", "goldilocks"],
      "the number of rows must be a power of two from 32 to 16,777,216, not 33,554,432"
    ),
  ])
  func badInput(_ arguments: [String], line: String) throws {
    let outcome = try workspace.apus(["prove"] + arguments)
    #expect(outcome.firstError == "error: " + line)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(workspace.names.isEmpty)
  }
}
