// `apus prove poseidon2`: many permutations, the statement that provers are compared by.

import ApusField
import ApusPoseidon2
import ApusSTARK
import ApusStatements
import ArgumentParser

struct ProvePoseidon2: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "poseidon2",
    abstract: "Prove many Poseidon2 permutations, the first of them in public.",
    discussion: """
      The states that are permuted follow from --seed. Over BabyBear a state has 16 elements, over Goldilocks 8. With \
      --security peers the parameters are those that other provers publish their speed for: blowup 2, 100 queries, 16 \
      bits of work; they prove fewer bits than the other presets, and the report says how many.
      """)

  @Option(help: ArgumentHelp("2^k permutations are proven, eight to a row of the trace.", valueName: "k"))
  var logPermutations = 16

  @Option(help: "Field of the states.")
  var field: FieldArgument = .babybear

  @Option(help: ArgumentHelp("Where the states that are permuted come from.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Where to put the proof; a file there is replaced.", valueName: "file"))
  var output = "poseidon2.proof"

  @OptionGroup(title: "Proving")
  var proving: ProvingOptions

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> ProvingReport {
    switch field {
    case .babybear: try report(Poseidon2BabyBear16.self) { .poseidon2($0) }
    case .goldilocks: try report(Poseidon2Goldilocks8.self) { .poseidon2Goldilocks($0) }
    }
  }

  private func report<P: Poseidon2>(
    _ permutation: P.Type, _ file: (PermutationClaim<P>) -> ProofClaim
  ) throws(Failure) -> ProvingReport where P.Element: ProvingField {
    try failing(.unusable) { try PermutationClaim<P>.check(logCount: logPermutations) }
    let run = try ProvingRun(proving)
    let output = try OutputFile(output)

    let count = 1 << logPermutations
    let first = PermutationStatement<P>.input(0, seed: seed)
    var permuted = first
    P.permute(&permuted)
    let claim = try failing(.unusable) {
      try PermutationClaim<P>(logCount: logPermutations, input: first, output: permuted)
    }
    let made = try run.prove(
      claim.statement, claim: file(claim), progressTitle: output.path, items: .init(name: "permutations", count: count)
    ) {
      PermutationStatement<P>.trace(of: PermutationStatement<P>.inputs(count, seed: seed, on: $0), on: $0)
    }
    try output.write(made.file.bytes)
    return ProvingReport(proofs: [MadeProof(made, output: output.path)])
  }
}
