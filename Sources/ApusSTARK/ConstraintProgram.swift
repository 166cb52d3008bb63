// The constraint graph as bytecode for the C evaluator: registers assigned, leaves as inputs and constants.

internal import ApusField
internal import CApusKernels

/// A compiled graph. Operand numbers count registers first, then inputs, then constants.
struct ConstraintProgram {
  let instructions: [apus_instruction]
  let registerCount: Int
  /// Leaves that vary with the row.
  let inputs: [ConstraintNode]
  /// Leaves that do not: constants and public values.
  let constants: [ConstraintNode]

  init(_ graph: ConstraintGraph) {
    var inputs: [ConstraintNode] = []
    var constants: [ConstraintNode] = []
    for node in graph.nodes {
      switch node {
      case .constant, .publicValue: constants.append(node)
      case .add, .subtract, .multiply: break
      default: inputs.append(node)
      }
    }
    let schedule = Self.schedule(graph)
    let (registers, registerCount) = Self.allocate(schedule, graph)

    var operand = registers.map { UInt32($0) }
    var nextInput = UInt32(registerCount)
    var nextConstant = UInt32(registerCount + inputs.count)
    for (i, node) in graph.nodes.enumerated() {
      switch node {
      case .constant, .publicValue:
        operand[i] = nextConstant
        nextConstant += 1
      case .add, .subtract, .multiply: break
      default:
        operand[i] = nextInput
        nextInput += 1
      }
    }
    var instructions = schedule.map { step in
      switch step {
      case .assert(let constraint):
        let value = operand[graph.constraints[constraint].node]
        return apus_instruction(opcode: APUS_OP_ASSERT.rawValue, to: UInt32(constraint), a: value, b: value)
      case .compute(let node):
        let opcode =
          switch graph.nodes[node] {
          case .add: APUS_OP_ADD
          case .subtract: APUS_OP_SUB
          default: APUS_OP_MUL
          }
        let (a, b) = graph.nodes[node].operands ?? (node, node)
        return apus_instruction(opcode: opcode.rawValue, to: operand[node], a: operand[a], b: operand[b])
      }
    }
    // Sums, products and assertions of the last value become one instruction each.
    let fused = apus_evaluate_fuse(&instructions, instructions.count)
    self.instructions = Array(instructions.prefix(fused))
    self.registerCount = registerCount
    self.inputs = inputs
    self.constants = constants
  }

  /// The program as the kernels take it, for the duration of `body`.
  ///
  /// - Parameter weights: one for each constraint.
  func withKernelProgram<E: ChallengeField>(
    inputs: [apus_input], constants: [E.Base], weights: [E], _ body: (UnsafePointer<apus_program>) -> Void
  ) {
    let weights = limbs(weights)
    instructions.withUnsafeBufferPointer { instructions in
      inputs.withUnsafeBufferPointer { inputs in
        constants.withUnsafeBufferPointer { constants in
          weights.withUnsafeBufferPointer { weights in
            var program = apus_program(
              instructions: instructions.baseAddress, instruction_count: instructions.count,
              register_count: UInt32(registerCount), inputs: inputs.baseAddress, input_count: inputs.count,
              constants: constants.baseAddress, constant_count: constants.count, weights: weights.baseAddress)
            body(&program)
          }
        }
      }
    }
  }

  private enum Step {
    case compute(Int)
    case assert(Int)
  }

  /// Each constraint in turn: what it needs and is not there yet, depth first, then its assertion.
  private static func schedule(_ graph: ConstraintGraph) -> [Step] {
    var steps: [Step] = []
    var done = [Bool](repeating: false, count: graph.nodes.count)
    for (constraint, entry) in graph.constraints.enumerated() {
      var stack = [entry.node]
      while let node = stack.last {
        guard !done[node], let (a, b) = graph.nodes[node].operands else {
          done[node] = true
          stack.removeLast()
          continue
        }
        if done[a] && done[b] {
          steps.append(.compute(node))
          done[node] = true
          stack.removeLast()
        } else {
          if !done[b] { stack.append(b) }
          if !done[a] { stack.append(a) }
        }
      }
      steps.append(.assert(constraint))
    }
    return steps
  }

  /// A register for each computed node, free again after its last use.
  private static func allocate(_ schedule: [Step], _ graph: ConstraintGraph) -> (registers: [Int], count: Int) {
    var lastUse = [Int](repeating: -1, count: graph.nodes.count)
    for (time, step) in schedule.enumerated() {
      switch step {
      case .assert(let constraint): lastUse[graph.constraints[constraint].node] = time
      case .compute(let node):
        if let (a, b) = graph.nodes[node].operands {
          lastUse[a] = time
          lastUse[b] = time
        }
      }
    }
    var registers = [Int](repeating: 0, count: graph.nodes.count)
    var free: [Int] = []
    var count = 0
    for (time, step) in schedule.enumerated() {
      var used: [Int]
      switch step {
      case .assert(let constraint): used = [graph.constraints[constraint].node]
      case .compute(let node):
        let (a, b) = graph.nodes[node].operands ?? (node, node)
        used = a == b ? [a] : [a, b]
      }
      for node in used where lastUse[node] == time && graph.nodes[node].operands != nil {
        free.append(registers[node])
      }
      if case .compute(let node) = step {
        if let register = free.popLast() {
          registers[node] = register
        } else {
          registers[node] = count
          count += 1
        }
      }
    }
    return (registers, count)
  }
}
