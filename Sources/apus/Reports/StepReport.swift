// What `apus script step` reports: each instruction with both stacks after it.

import ApusScript

struct StepReport: Report {
  struct Step: Encodable {
    let stage: String
    let index: Int
    let position: Int
    let instruction: String
    /// Whether the branches it is in are taken.
    let runs: Bool
    let depth: Int
    /// After the instruction, the top element last.
    let stack: [String]
    let altStack: [String]
  }

  let steps: [Step]
  /// All that ran, shown or not.
  let total: Int
  let breach: RuleBreach?

  /// A script by itself.
  init(_ options: RunOptions, window: Range<Int>) throws(Failure) {
    var record = Record(window: window)
    var bare = try BareScript(options)
    let error = bare.run { execution throws(ScriptError) in
      while let before = Before(execution, in: .script) {
        _ = try execution.step()
        record.add(before, after: execution)
      }
      _ = try execution.step()
    }
    self.init(record, error)
  }

  /// All scripts of an input.
  init(_ input: SpendingInput, _ rules: Rules, window: Range<Int>) {
    var record = Record(window: window)
    do throws(ScriptError) {
      var run = try InputRun(input, rules: rules)
      while true {
        let before = run.withExecution { Before($0, in: run.stage) }.flatMap(\.self)
        guard try run.step() else { break }
        if let before { _ = run.withExecution { record.add(before, after: $0) } }
      }
      self.init(record, nil)
    } catch {
      self.init(record, error)
    }
  }

  private init(_ record: Record, _ error: ScriptError?) {
    steps = record.steps
    total = record.total
    breach = error.map(RuleBreach.init)
  }

  /// What is about to run.
  private struct Before {
    let stage: ScriptStage
    let instruction: Instruction
    let runs: Bool

    init?(_ execution: borrowing Execution, in stage: ScriptStage) {
      guard let next = execution.nextInstruction else { return nil }
      self.stage = stage
      instruction = next
      runs = execution.isExecuting
    }
  }

  private struct Record {
    let window: Range<Int>
    var steps: [Step] = []
    var total = 0

    mutating func add(_ before: Before, after: borrowing Execution) {
      defer { total += 1 }
      guard window.contains(total) else { return }
      steps.append(
        Step(
          stage: before.stage.rawValue, index: before.instruction.index, position: before.instruction.position,
          instruction: before.instruction.description, runs: before.runs, depth: after.branchDepth,
          stack: after.stack.map(hexadecimal), altStack: after.altStack.map(hexadecimal)))
    }
  }

  var failure: Failure? { breach.map { .invalid($0.text) } }

  var text: String {
    var rows = Rows()
    var stage: String?
    for step in steps {
      if step.stage != stage { rows.title(step.stage) }
      stage = step.stage
      let instruction = step.instruction.count > 24 ? abbreviated(step.instruction) : step.instruction
      let alt = step.altStack.isEmpty ? "" : " | \(shown(step.altStack))"
      rows.row(
        "\(padded("\(step.index)", to: 5)) \(step.position)", step.runs ? instruction : "(\(instruction))",
        shown(step.stack) + alt, detailWidth: 26)
    }
    if total > steps.count { rows.title("\(steps.count) of \(total) steps are shown") }
    return rows.text
  }
}
