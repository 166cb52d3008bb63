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
    /// Open branches after the instruction.
    let depth: Int
    /// The gadgets it is in, the outermost first; only where the script has a source map.
    let gadgets: [String]?
    /// After the instruction, the top element last.
    let stack: [String]
    let altStack: [String]
    /// As deep as the branches that it is in.
    fileprivate let indentation: Int

    private enum CodingKeys: String, CodingKey {
      case stage, index, position, instruction, runs, depth, gadgets, stack, altStack
    }
  }

  let steps: [Step]
  /// All that ran, shown or not.
  let total: Int
  let breach: RuleBreach?

  /// A script by itself.
  init(_ options: RunOptions, window: Range<Int>) throws(Failure) {
    var bare = try BareScript(options)
    var record = Record(window: window, map: bare.script)
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
  init(_ input: SpendingInput, _ rules: Rules, _ map: MappedScript?, window: Range<Int>) {
    var record = Record(window: window, map: map)
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
    breach = error.map { RuleBreach($0, record.map) }
  }

  /// What is about to run.
  private struct Before {
    let stage: ScriptStage
    let instruction: Instruction
    let runs: Bool
    let depth: Int

    init?(_ execution: borrowing Execution, in stage: ScriptStage) {
      guard let next = execution.nextInstruction else { return nil }
      self.stage = stage
      instruction = next
      runs = execution.isExecuting
      depth = execution.branchDepth
    }
  }

  private struct Record {
    let window: Range<Int>
    let map: MappedScript?
    var steps: [Step] = []
    var total = 0

    mutating func add(_ before: Before, after: borrowing Execution) {
      defer { total += 1 }
      guard window.contains(total) else { return }
      steps.append(
        Step(
          stage: before.stage.rawValue, index: before.instruction.index, position: before.instruction.position,
          instruction: before.instruction.description, runs: before.runs, depth: after.branchDepth,
          gadgets: map.flatMap { $0.script == after.script ? $0.map.path(at: before.instruction.position) : nil },
          stack: after.stack.map(hexadecimal), altStack: after.altStack.map(hexadecimal),
          // OP_ELSE stands where its OP_IF does.
          indentation: before.instruction.opcode == .else
            ? max(0, before.depth - 1) : min(before.depth, after.branchDepth)
        ))
    }
  }

  var failure: Failure? { breach.map { .invalid($0.text) } }

  var text: String {
    var rows = Rows()
    var title: String?
    for step in steps {
      let place = step.stage + (step.gadgets.flatMap(pathText).map { ": \($0)" } ?? "")
      if place != title { rows.title(place) }
      title = place
      let instruction = step.instruction.count > 24 ? abbreviated(step.instruction) : step.instruction
      let indentation = String(repeating: " ", count: 2 * min(step.indentation, 8))
      let alt = step.altStack.isEmpty ? "" : " | \(shown(step.altStack))"
      rows.row(
        "\(padded("\(step.index)", to: 5)) \(step.position)",
        indentation + (step.runs ? instruction : "(\(instruction))"),
        shown(step.stack) + alt, detailWidth: 26)
    }
    if total > steps.count { rows.title("\(steps.count) of \(total) steps are shown") }
    return rows.text
  }
}
