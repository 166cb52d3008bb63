// What `apus script run` reports: the verdict, what it took, and where it went wrong.

import ApusScript

/// A broken rule and its place, for people and machines.
struct RuleBreach: Encodable {
  let rule: String
  let meaning: String
  let stage: String
  let opcode: String?
  let index: Int?
  let position: Int?
  /// The gadgets it is in, the outermost first; only where the script has a source map.
  let gadgets: [String]?
  let stack: [String]
  let altStack: [String]
  let text: String

  private enum CodingKeys: String, CodingKey {
    case rule, meaning, stage, opcode, index, position, gadgets, stack, altStack
  }

  init(_ error: ScriptError, _ map: MappedScript? = nil) {
    rule = error.rule.name
    meaning = error.rule.description
    stage = error.stage.rawValue
    opcode = error.place?.opcode.description
    index = error.place?.index
    position = error.place?.position
    gadgets = map?.path(of: error)
    stack = error.stack.map(hexadecimal)
    altStack = error.altStack.map(hexadecimal)
    text = error.description + (gadgets.flatMap(pathText).map { ", in \($0)" } ?? "")
  }
}

struct ScriptRunReport: Report {
  /// `valid`, `non-standard` or `invalid`.
  let verdict: String
  let breach: RuleBreach?
  /// What a script by itself left, the top element last.
  let stack: [String]?
  let instructions: Int?
  let peakStack: Int?
  let signatureChecks: Int?
  let validationWeightGiven: Int?
  let validationWeightLeft: Int?

  init(_ verdict: Verdict, _ map: MappedScript?) {
    let (name, report, error): (String, SpendReport?, ScriptError?) =
      switch verdict {
      case .standard(let report): ("valid", report, nil)
      case .nonStandard(let report, let error): ("non-standard", report, error)
      case .invalid(let error): ("invalid", nil, error)
      }
    self.verdict = name
    breach = error.map { RuleBreach($0, map) }
    stack = nil
    instructions = report?.instructions
    peakStack = report?.peakStack
    signatureChecks = report?.signatureChecks
    validationWeightGiven = report?.validationWeight?.given
    validationWeightLeft = report?.validationWeight?.left
  }

  /// A script by itself.
  init(_ options: RunOptions) throws(Failure) {
    var bare = try BareScript(options)
    let error = bare.run { execution throws(ScriptError) in try execution.runToEnd() }
    verdict = error == nil ? "valid" : "invalid"
    breach = error.map { [script = bare.script] in RuleBreach($0, script) }
    stack = bare.execution.stack.map(hexadecimal)
    instructions = bare.execution.index
    peakStack = bare.execution.peakStack
    signatureChecks = bare.execution.signatureChecks
    (validationWeightGiven, validationWeightLeft) = (nil, nil)
  }

  var failure: Failure? { breach.map { .invalid($0.text) } }

  var text: String {
    var rows = Rows()
    rows.row("verdict", verdict)
    if let breach {
      rows.row("rule", "\(breach.rule): \(breach.meaning)")
      let place = breach.index.map { ", instruction \($0) at byte \(breach.position ?? 0), \(breach.opcode ?? "")" }
      rows.row("place", breach.stage + (place ?? ", not at an instruction"))
      if let path = breach.gadgets.flatMap(pathText) { rows.row("gadget", path) }
    }
    for (name, elements) in [("stack", stack ?? breach?.stack), ("alt stack", breach?.altStack)] {
      guard let elements, !elements.isEmpty else { continue }
      rows.row(name, shown(elements))
    }
    if let instructions { rows.row("ran", "\(instructions) instructions, \(peakStack ?? 0) elements at most") }
    if let signatureChecks, signatureChecks > 0 { rows.row("signatures", "\(signatureChecks) checked") }
    if let given = validationWeightGiven, let left = validationWeightLeft {
      rows.row("budget", "\(left) of \(given) weight units left for signature checks")
    }
    return rows.text
  }
}

/// Names of gadgets, the outermost first; `nil` of none.
func pathText(_ gadgets: [String]) -> String? { gadgets.isEmpty ? nil : gadgets.joined(separator: " › ") }

/// Elements of a stack in one line, the top one last; a dash where there is none.
func shown(_ elements: [String]) -> String {
  let most = 8
  if elements.isEmpty { return "-" }
  let texts = elements.suffix(most).map { $0.isEmpty ? "(empty)" : $0.count > 80 ? abbreviated($0) : $0 }
  return (elements.count > most ? "… \(elements.count - most) more … " : "") + texts.joined(separator: " ")
}
