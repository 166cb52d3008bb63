// Both sides' answers, case by case: the oracle judges a batch while this process judges the same.

public import ApusScript

public struct DifferentialRun {
  public struct Disagreement: CustomStringConvertible {
    public let seed: UInt64
    public let number: Int
    public let spend: SpendCase
    public let expected: String
    public let found: String

    public var description: String {
      "seed \(seed), case \(number)\n  the network \(expected)\n  here        \(found)\n\(spend)"
    }
  }

  public private(set) var valid = 0
  public private(set) var unreadable = 0
  /// Of scripts that join elements, those that are valid.
  public private(set) var validConcatenations = 0
  public private(set) var rules: [ScriptRule: Int] = [:]
  /// An error of each rule, as a person reads it.
  public private(set) var examples: [ScriptRule: String] = [:]
  public private(set) var kinds: [String: Int] = [:]
  /// What the valid spends took, one after the other.
  public private(set) var reports: [SpendReport] = []
  public private(set) var disagreements: [Disagreement] = []

  private let seed: UInt64
  private let oracle: Oracle
  private let rulesHere: (Rules) -> Rules

  /// - Parameter rulesHere: the rules that this side judges under, where they are to differ from the oracle's: so that a
  ///   test can see disagreements.
  public init(seed: UInt64, oracle: Oracle, rulesHere: @escaping (Rules) -> Rules = { $0 }) {
    self.seed = seed
    self.oracle = oracle
    self.rulesHere = rulesHere
  }

  /// Judges the cases of these numbers; stops early where much is wrong.
  public mutating func run(_ numbers: Range<Int>) throws {
    var next = numbers.lowerBound
    while next < numbers.upperBound && disagreements.count < 20 {
      let batch = next..<min(next + 500, numbers.upperBound)
      let cases = batch.map { SpendGenerator.spend($0, seed: seed) }
        // The oracle ends itself when it is asked about an input that is not there.
        .map { $0.isAskable ? $0 : $0.withoutDamage }
      try oracle.ask(cases)
      let opinions = cases.map { $0.under(rulesHere($0.rules)).judged() }
      let answers = try oracle.answers(to: cases, from: batch.lowerBound)
      for (i, number) in batch.enumerated() { compare(number, cases[i], opinions[i], answers[i]) }
      try compareJudgements(zip(batch, cases).filter { !$0.1.rules.policy.isEmpty })
      try compareConcatenations(batch.filter { $0 % 20 == 0 })
      next = batch.upperBound
    }
  }

  /// Of spends that policy was asked about: whether what is called non-standard is what a block may hold.
  private mutating func compareJudgements(_ cases: [(number: Int, spend: SpendCase)]) throws {
    guard let first = cases.first?.number else { return }
    let asked = cases.map { $0.spend.under($0.spend.rules.withoutPolicy) }
    try oracle.ask(asked)
    let judgements = cases.map { $0.spend.under(rulesHere($0.spend.rules)).mayBeInBlock() }
    let answers = try oracle.answers(to: asked, from: first)
    for (i, judgement) in judgements.enumerated() {
      guard let judgement, judgement != (answers[i] == .valid) else { continue }
      let found = judgement ? "some block may hold it" : "no block may hold it"
      disagreements.append(
        Disagreement(
          seed: seed, number: cases[i].number, spend: asked[i], expected: "\(answers[i])", found: found))
    }
  }

  /// Scripts with OP_CAT, which the network does not know, against those that do the same without it.
  private mutating func compareConcatenations(_ numbers: [Int]) throws {
    let pairs = numbers.map { SpendGenerator.concatenations($0, seed: seed) }
    try oracle.ask(pairs.map(\.asked))
    let opinions = pairs.map { $0.here.judged() }
    let answers = try oracle.answers(to: pairs.map(\.asked), from: numbers.first ?? 0)
    for (i, pair) in pairs.enumerated() {
      kinds[pair.here.kind, default: 0] += 1
      if answers[i] == .valid { validConcatenations += 1 }
      guard let opinion = opinions[i], opinion.answer != answers[i] else { continue }
      let found = "\(opinion.error.map(String.init(describing:)) ?? "valid"): \(pair.here)"
      disagreements.append(
        Disagreement(
          seed: seed, number: numbers[i], spend: pair.asked, expected: "\(answers[i])", found: found))
    }
  }

  private mutating func compare(
    _ number: Int, _ spend: SpendCase, _ opinion: SpendCase.Opinion?, _ answer: SpendCase.Answer
  ) {
    func disagree(_ expected: String, _ found: String) {
      disagreements.append(
        Disagreement(seed: seed, number: number, spend: spend, expected: expected, found: found))
    }
    kinds[String(spend.kind.prefix { $0 != "," }), default: 0] += 1
    switch answer {
    case .valid: valid += 1
    case .unreadable: unreadable += 1
    case .invalid(let rule): rules[rule, default: 0] += 1
    }
    guard let opinion else { return disagree("\(answer)", "no opinion") }
    if let report = opinion.report { reports.append(report) }
    if let error = opinion.error, examples[error.rule] == nil { examples[error.rule] = "\(error)" }
    if opinion.answer != answer {
      return disagree("\(answer)", opinion.error.map { "\(opinion.answer): \($0)" } ?? "\(opinion.answer)")
    }
    // Other ways through the same interpreter say the same.
    let here = spend.under(rulesHere(spend.rules))
    let complaint =
      switch number % 16 {
      case 0: here.complaintOfSteps(against: opinion)
      case 1: here.complaintOfScriptAlone(against: opinion)
      default: String?.none
      }
    if let complaint { disagree("\(answer)", complaint) }
  }
}

extension SpendCase {
  /// Whether the transaction, if it can be read, has as many inputs as outputs are spent.
  fileprivate var isAskable: Bool {
    guard let read = try? Transaction(transaction) else {
      // What follows a transaction's end is no concern of the oracle's.
      return !isFollowed
    }
    return read.inputs.count == spentOutputs.count
  }

  private var isFollowed: Bool {
    do {
      _ = try Transaction(transaction)
      return false
    } catch { if case .trailingBytes = error.reason { return true } else { return false } }
  }

  /// The same with a transaction that both sides take.
  fileprivate var withoutDamage: SpendCase {
    var whole = self
    whole.transaction =
      Transaction(
        inputs: spentOutputs.map { _ in
          TransactionInput(previous: OutPoint(transaction: [UInt8](repeating: 9, count: 32), output: 0))
        },
        outputs: [TransactionOutput(value: 0, script: .empty)]
      ).bytes
    return whole
  }
}
