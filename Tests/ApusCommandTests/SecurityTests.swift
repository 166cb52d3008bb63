// `apus security`: the same figures as proofs have, the search, and what it refuses.

import Testing

@Suite struct SecurityTests {
  let workspace = Workspace()

  private func security(_ arguments: String...) throws -> Outcome {
    try workspace.apus(["security"] + arguments)
  }

  @Test func showsEveryTerm() throws {
    let outcome = try security("--statement", "headers", "--rows", "2^18")
    #expect(outcome.status == 0)
    for text in [
      "headers: 262,144 rows × 138 columns\n", "challenges in babybear^5\n", "security of proven128: 128.0 bits proven",
      "\n  constraint batching", "\n  out-of-domain point", "\n  DEEP batching", "\n  FRI fold 4", "\n  FRI queries",
      "\n  blake3 collisions", "\n  at 2^24 rows: 121 queries, 3 more\n", "(a model's estimate)\n",
    ] { #expect(outcome.output.contains(text), "\(text)\n\(outcome.output)") }
  }

  /// What a proof turns out to be is what was said before it was made.
  @Test func saysBeforehandWhatAProofIs() throws {
    let expected = try #require(
      try security("--statement", "fibonacci", "--rows", "4096", "--preset", "proven128-small", "--json").json)
    let made = try #require(
      try workspace.apus(
        "prove", "fibonacci", "--rows", "4096", "--security", "proven128-small", "--output", "f.proof", "--json"
      ).json)
    let proof = try #require((made["proofs"] as? [[String: Any]])?.first?["proof"] as? [String: Any])
    let parameters = try #require((expected["parameters"] as? [[String: Any]])?.first)
    for name in ["queries", "blowup", "finalCoefficients"] {
      #expect(parameters[name] as? Int == proof[name] as? Int, "\(name)")
    }
    #expect(parameters["provenBits"] as? Double == proof["provenBits"] as? Double)
    #expect(expected["openedValues"] as? Int == proof["openedValues"] as? Int)
    let estimate = try #require(parameters["estimate"] as? [String: Any])
    let bytes = try #require(estimate["proofBytes"] as? Int), real = try #require(proof["bytes"] as? Int)
    #expect(abs(Double(bytes) / Double(real) - 1) < 0.04)
  }

  @Test func takesSizesOfAnyStatement() throws {
    let outcome = try security(
      "--columns", "300", "--constraints", "500", "--degree", "3", "--openings", "650", "--points", "3", "--rows",
      "1048576", "--field", "goldilocks", "--preset", "proven128")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("openings     656 values at 3 points, challenges in goldilocks^3\n"))
    let small = try security(
      "--columns", "300", "--constraints", "500", "--degree", "3", "--rows", "1048576", "--preset", "peers", "--hash",
      "poseidon2")
    #expect(small.output.contains("challenges in babybear^4\n"))
    #expect(small.output.contains("100 queries; no level is promised\n"))
  }

  /// Folds stop at the shorter trace's rows; a word more is batched there, and its values with all others.
  @Test func countsWhatIsRolledIn() throws {
    func report(_ rollIns: String...) throws -> [String: Any] {
      let outcome = try workspace.apus(
        ["security", "--statement", "poseidon2", "--rows", "2^16", "--json"] + rollIns.flatMap { ["--roll-in", $0] })
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try #require(outcome.json)
    }
    let (one, three) = (try report(), try report("2^14:5000", "256:41"))
    func queries(_ report: [String: Any]) throws -> Int {
      try #require((report["parameters"] as? [[String: Any]])?.first?["queries"] as? Int)
    }
    #expect(try queries(one) < queries(three))
    func folds(_ report: [String: Any]) throws -> Int {
      try #require(report["terms"] as? [[String: Any]]).count { ($0["name"] as? String ?? "").hasPrefix("FRI fold") }
    }
    // 16 to 13, 10 and 8; and 16 to 14, 11 and 8.
    #expect(try folds(one) == 3 && folds(three) == 3)
    // 16 to 15, 12, 9 and 8.
    #expect(try folds(report("2^15:5")) == 4)
    let rollIns = try #require(three["rollIns"] as? [[String: Int]])
    #expect(rollIns == [["rows": 16_384, "openedValues": 5000], ["rows": 256, "openedValues": 41]])
    let text = try security("--statement", "poseidon2", "--rows", "2^16", "--roll-in", "2^14:5000")
    #expect(text.output.contains("\n  rolled in    16,384 rows, 5,000 values\n"), "\(text.output)")
    #expect(!text.output.contains("(a model's estimate)"))
  }

  /// The shipped statements that are over both fields have their own graph in each.
  @Test func statementsAreOverTheFieldThatIsNamed() throws {
    func sizes(_ statement: String, _ field: String) throws -> [Int?] {
      let json = try security("--statement", statement, "--rows", "2^12", "--field", field, "--json").json
      return ["columns", "constraints", "openedValues"].map { json?[$0] as? Int }
    }
    // Eight permutations a row: 298 cells each over BabyBear's 16 elements, 180 over Goldilocks' eight.
    #expect(try sizes("poseidon2", "babybear")[0] == 8 * 298)
    #expect(try sizes("poseidon2", "goldilocks")[0] == 8 * 180)
    #expect(try sizes("fibonacci", "goldilocks") == [2, 5, 4 + 3])
    // What is said beforehand is what a proof is.
    let made = try workspace.apus(
      "prove", "poseidon2", "--log-permutations", "8", "--field", "goldilocks", "--output", "g.proof", "--json")
    let proof = try #require((made.json?["proofs"] as? [[String: Any]])?.first?["proof"] as? [String: Any])
    #expect(proof["columns"] as? Int == 8 * 180)
  }

  /// Four elements of Goldilocks miss 128 bits by some 10^-9.
  @Test func bitsThatCountAsALevelSaySo() throws {
    let note = "less than 10^-6 below 128, which counts as 128"
    let arguments = ["--statement", "fibonacci", "--rows", "2^12", "--field", "goldilocks"]
    let poseidon2 = try workspace.apus(["security"] + arguments + ["--hash", "poseidon2"])
    #expect(poseidon2.output.contains("\n  poseidon2 collisions   127.9  (\(note))\n"), "\(poseidon2.output)")
    #expect(try !workspace.apus(["security"] + arguments).output.contains(note))
    let search = try workspace.apus(["security"] + arguments + ["--hash", "poseidon2", "--search"])
    #expect(search.output.contains("\nbits that read as fewer are \(note)\n"), "\(search.output)")
    let made = try workspace.apus(
      "prove", "fibonacci", "--rows", "32", "--field", "goldilocks", "--hash", "poseidon2", "--output", "g.proof")
    #expect(made.output.contains("127.9 bits (proven128, poseidon2; "))
    #expect(made.output.contains("; \(note))"))
  }

  /// From the smallest proof on, all of the level, and none beaten by another in all respects.
  @Test func searchesParameters() throws {
    let outcome = try security("--statement", "headers", "--rows", "2^16", "--search", "--level", "110", "--json")
    let found = try #require(outcome.json?["parameters"] as? [[String: Any]])
    #expect(found.count > 8)
    let figures = try found.map { parameters in
      let estimate = try #require(parameters["estimate"] as? [String: Any])
      #expect(try #require(parameters["provenBits"] as? Double) >= 110)
      return (
        bytes: try #require(estimate["proofBytes"] as? Int), cells: try #require(parameters["cells"] as? Int),
        work: try #require(parameters["largestWork"] as? Int)
      )
    }
    for (one, next) in zip(figures, figures.dropFirst()) { #expect(one.bytes <= next.bytes) }
    for (index, one) in figures.enumerated() {
      for other in figures.prefix(index) { #expect(other.cells > one.cells || other.work > one.work) }
    }
    let text = try security("--statement", "headers", "--rows", "2^16", "--search", "--level", "110")
    #expect(text.output.split(separator: "\n").count == found.count + 5)
  }

  @Test(arguments: [
    (["--rows", "12", "--statement", "headers"], "a trace has a power of two of rows, from 32 to 16777216, not 12"),
    (["--rows", "128", "--statement", "headers"], "headers takes at least 512 rows, not 128"),
    (
      ["--rows", "2^19", "--statement", "headers", "--field", "goldilocks"],
      "headers are proven over babybear: leave --field goldilocks out, or take poseidon2 or fibonacci, which are over "
        + "both"
    ),
    (["--rows", "2^10"], "give --statement, or all of --columns, --constraints and --degree"),
    (
      ["--rows", "2^10", "--statement", "headers", "--degree", "3"],
      "--degree and --statement exclude each other: a statement has its own sizes"
    ),
    (
      ["--rows", "2^10", "--columns", "0", "--constraints", "1", "--degree", "1"],
      "--columns must be from 1 to 1,000,000, not 0"
    ),
    (
      ["--rows", "2^10", "--columns", "4", "--constraints", "1", "--degree", "6"],
      "constraints of degree 6 need a larger blowup: this one serves degrees up to 5"
    ),
    (
      ["--rows", "32", "--columns", "4", "--constraints", "1", "--degree", "2", "--points", "96"],
      "unique decoding says nothing about 2^5 rows opened at 96 points with blowup 4: "
        + "take more rows, fewer points or a larger blowup"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--hash", "poseidon2"],
      "proven128 needs 128 bits, but poseidon2 digests resist collisions with 123.6 bits only; choose blake3, sha256 "
        + "or keccak256, or a lower level"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--level", "100"],
      "--level belongs to --search: a preset has its own"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--search", "--level", "129"],
      "the level must be from 1 to 128, where hash collisions end, not 129"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--roll-in", "2^10:5"],
      "codewords of 2^10 rows cannot be rolled in: heights are distinct, below 2^10 and not below 2^8, where folding ends"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--roll-in", "512:0"],
      "values of --roll-in must be from 1 to 1,000,000, not 0"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--roll-in", "500:5"],
      "the value '500:5' is invalid for '--roll-in <rows:values>': a power of two of rows and a number of values, like "
        + "2^12:41, not \"500:5\" (see 'apus security --help')"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--roll-in", "512:5", "--search"],
      "--roll-in and --search exclude each other: sizes of proofs of several heights are not known yet"
    ),
    (
      ["--rows", "2^10", "--statement", "fibonacci", "--threads", "0"],
      "the number of threads must be from 1 to 1024, not 0"
    ),
    (
      ["--rows", "many", "--statement", "fibonacci"],
      "the value 'many' is invalid for '--rows <n>': rows are a number or a power like 2^18, not \"many\" "
        + "(see 'apus security --help')"
    ),
    (
      ["--rows", "2^24", "--columns", "4", "--constraints", "1", "--degree", "2", "--field", "babybear^4"],
      "no proven parameters of proven128 reach 128 bits for a statement of this size: DEEP batching comes to 95.5, and "
        + "at most 24 bits of work are added"
    ),
  ])
  func refuses(_ arguments: [String], line: String) throws {
    let outcome = try workspace.apus(["security"] + arguments)
    #expect(outcome.firstError == "error: " + line)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
  }
}
