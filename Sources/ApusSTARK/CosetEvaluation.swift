// One coset of a trace's extension, ready for the constraint evaluator: the program, where its inputs are, what it weighs
// constraints with.

package import ApusField
internal import CApusKernels

/// Valid as long as the trace's columns are.
package struct CosetEvaluation<E: ChallengeField>: ~Copyable where E.Base: ProvingField {
  private let program: ConstraintProgram
  /// What `inputs` names beside the trace's columns.
  private let leaves: CosetLeaves<E.Base>
  private let inputs: [apus_input]
  private let constants: [E.Base]
  private let weights: [E]
  private let scale: E.Base
  private let rows: Int
  private let columnCount: Int
  private let engine: Engine

  /// - Parameters:
  ///   - weights: one for each constraint.
  ///   - scale: what the sums are multiplied with.
  init(
    program: ConstraintProgram, leaves: consuming CosetLeaves<E.Base>, inputs: [apus_input], constants: [E.Base],
    weights: [E], scale: E.Base, rows: Int, columnCount: Int, on engine: Engine
  ) {
    self.program = program
    self.leaves = leaves
    self.inputs = inputs
    self.constants = constants
    self.weights = weights
    self.scale = scale
    self.rows = rows
    self.columnCount = columnCount
    self.engine = engine
  }

  /// Runs the program over all rows, on all threads: the quotient's values, `E.degree` columns.
  package func run() -> Columns<E.Base> {
    let out = Columns<E.Base>(uninitialized: rows, count: E.degree, on: engine)
    let evaluator = E.evaluator(for: engine.instructionSet(for: .evaluate, rows: rows))
    let columns = Shared(out.pointers.map { Optional(UnsafeMutableRawPointer($0)) })
    let scale = scale
    program.withKernelProgram(inputs: inputs, constants: constants, weights: weights) { program in
      let shared = Shared(program)
      let word = MemoryLayout<E.Base>.stride
      let words = (apus_evaluate_scratch_bytes(program, word, E.degree) + word - 1) / word
      let scratch = Columns<E.Base>(uninitialized: words, count: engine.threads, on: engine)
      let places = Shared(scratch.pointers)
      engine.forEachRange(rows, grain: engine.tuning.blockRows, cells: columnCount) { range, worker in
        withUnsafePointer(to: scale) {
          evaluator.run(
            columns.value, shared.value, $0, places.value[worker], range.lowerBound, range.upperBound)
        }
      }
      withExtendedLifetime(scratch) {}
    }
    return out
  }
}
