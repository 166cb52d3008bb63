// What `apus script weight` reports of a transaction: its costs, and why it is invalid or not relayed.

import ApusScript

struct TransactionWeightReport: Report {
  /// An input's broken rule.
  struct Breach: Encodable {
    let input: Int
    let breach: RuleBreach
    fileprivate var text: String { "input \(input): \(breach.text)" }
  }

  /// Why nodes do not relay the transaction, with the name by which Bitcoin Core says so.
  struct Reason: Encodable {
    let name: String
    let text: String

    init(_ reason: NonStandardReason) {
      name = reason.name
      text = reason.description
    }
  }

  /// `valid`, `non-standard` or `invalid`.
  let verdict: String
  let bytes: Int
  let weight: Int
  let virtualSize: Int
  let signatureOperationCost: Int
  let fee: Int
  /// Why no block can hold the transaction, whatever it spends.
  let defect: String?
  let invalid: [Breach]
  /// Policy of the whole transaction.
  let nonStandard: [Reason]
  /// Policy that its scripts break.
  let notRelayed: [Breach]

  init(_ spending: SpendingTransaction) {
    let transaction = spending.transaction
    bytes = transaction.bytes.count
    weight = transaction.weight
    virtualSize = spending.virtualSize
    signatureOperationCost = spending.signatureOperationCost
    fee = Int(clamping: spending.fee)
    nonStandard = spending.nonStandardReasons().map(Reason.init)
    defect = Self.defect(of: spending)

    var (invalid, notRelayed): ([Breach], [Breach]) = ([], [])
    // Among the reasons is already what does more than push.
    let rules = Rules(policy: .standard.subtracting(.signaturePushOnly))
    for input in transaction.inputs.indices where !transaction.isCoinbase {
      switch spending.judge(input: input, rules: rules) {
      case .standard: break
      case .nonStandard(_, let error): notRelayed.append(Breach(input: input, breach: RuleBreach(error)))
      case .invalid(let error): invalid.append(Breach(input: input, breach: RuleBreach(error)))
      }
    }
    (self.invalid, self.notRelayed) = (invalid, notRelayed)
    verdict =
      defect != nil || !invalid.isEmpty
      ? "invalid" : nonStandard.isEmpty && notRelayed.isEmpty ? "valid" : "non-standard"
  }

  private static func defect(of spending: SpendingTransaction) -> String? {
    do throws(TransactionDefect) { try spending.transaction.check() } catch { return error.description }
    let cost = spending.signatureOperationCost
    if cost > ScriptLimits.blockSignatureOperationCost {
      return "a signature operation cost of \(cost) is more than a block's \(ScriptLimits.blockSignatureOperationCost)"
    }
    // A coinbase brings what its block allows, which is not known here.
    if spending.transaction.isCoinbase || spending.fee >= 0 { return nil }
    return "the outputs hold \(-spending.fee) satoshi more than the inputs bring"
  }

  private var wrong: [String] { [defect].compactMap { $0 } + invalid.map(\.text) }
  private var refused: [String] { nonStandard.map { "\($0.name): \($0.text)" } + notRelayed.map(\.text) }

  var failure: Failure? { (wrong + refused).first.map { .invalid("\(verdict): \($0)") } }

  var text: String {
    var rows = Rows()
    rows.row("verdict", verdict)
    rows.row("size", "\(bytes.grouped) bytes, \(virtualSize.grouped) virtual bytes")
    rows.row("weight", "\(weight.grouped) weight units, of \(RelayLimits.weight.grouped) that are relayed")
    rows.row(
      "signatures",
      "\(signatureOperationCost.grouped) of operation cost, of \(RelayLimits.signatureOperationCost.grouped) that are "
        + "relayed and \(ScriptLimits.blockSignatureOperationCost.grouped) in a block")
    rows.row("fee", "\(fee.grouped) satoshi")
    for reason in wrong { rows.row("wrong", reason) }
    for reason in refused { rows.row("not relayed", reason) }
    return rows.text
  }
}
