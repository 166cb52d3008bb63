// The quotient of the batched constraints by the trace domain's vanishing polynomial, and its trace-sized pieces.
//
// q = (sum over j of alpha^j c_j) / (x^n - 1) has degree below pieces * n. It is evaluated on `pieces` of the
// extension's cosets. On coset s·H its remainder mod x^n - s^n is r_s = sum over i of s^(n i) q_i, where
// q = sum over i of x^(n i) q_i; the cosets' s^n are t times the pieces-th roots of unity, so the q_i follow from the
// r_s by an inverse transform of that small size, coefficient by coefficient.

internal import ApusField
internal import ApusNTT
internal import CApusKernels

struct QuotientEvaluation {
  let graph: ConstraintGraph
  let shape: ProofShape
  let publicValues: [BabyBear]
  let publicRows: [Int]
  let engine: Engine

  private var domain: EvaluationDomain { EvaluationDomain(shape: shape) }

  /// The extension of the quotient's pieces, five columns each.
  func extended(trace: borrowing CosetColumns<BabyBear>, alpha: BabyBear5) throws -> CosetColumns<BabyBear> {
    let ntt = try NTT<BabyBear>(rows: shape.rows)
    let pieces = shape.quotientPieces
    let remainders = Columns<BabyBear>(uninitialized: shape.rows, count: 5 * pieces, on: engine)
    let program = ConstraintProgram(graph)
    for piece in 0..<pieces {
      let coset = piece * (shape.blowup / pieces)
      var values = self.values(program, coset: coset, trace: trace, alpha: alpha)
      ntt.bitReversedCoefficients(of: &values, shift: domain.start(ofCoset: coset), on: engine)
      for limb in 0..<5 {
        remainders.pointer(5 * piece + limb).update(from: values.pointer(limb), count: shape.rows)
      }
    }
    let coefficients = separate(remainders)
    return try ntt.lowDegreeExtension(
      ofBitReversedCoefficients: coefficients, blowup: shape.blowup, shift: domain.shift, on: engine)
  }

  /// The quotient's values on one coset: five columns.
  func values(coset: Int, trace: borrowing CosetColumns<BabyBear>, alpha: BabyBear5) -> Columns<BabyBear> {
    values(ConstraintProgram(graph), coset: coset, trace: trace, alpha: alpha)
  }

  private func values(
    _ program: ConstraintProgram, coset: Int, trace: borrowing CosetColumns<BabyBear>, alpha: BabyBear5
  ) -> Columns<BabyBear> {
    let out = Columns<BabyBear>(uninitialized: shape.rows, count: 5, on: engine)
    let leaves = CosetLeaves(graph: graph, start: domain.start(ofCoset: coset), rows: shape.rows, on: engine)
    var inputs: [apus_input] = []
    for leaf in program.inputs {
      inputs.append(leaves.input(leaf, trace: trace, coset: coset, publicRows: publicRows))
    }
    let constants: [UInt32] = program.constants.map { leaf in
      switch leaf {
      case .constant(let value): BabyBear(value).montgomery
      case .publicValue(let index): publicValues[index].montgomery
      default: preconditionFailure("\(leaf) varies with the row")
      }
    }
    var powers: [BabyBear5] = []
    for _ in graph.constraints { powers.append(powers.last.map { $0 * alpha } ?? .one) }
    let vanishing = domain.start(ofCoset: coset).power(shape.rows) - .one
    run(program, inputs, constants, weights: words(powers), scale: vanishing.inverse ?? .one, into: out)
    withExtendedLifetime(leaves) {}
    return out
  }

  /// Runs the program over all rows, on all threads.
  private func run(
    _ program: ConstraintProgram, _ inputs: [apus_input], _ constants: [UInt32], weights: [UInt32], scale: BabyBear,
    into out: borrowing Columns<BabyBear>
  ) {
    let set = engine.instructionSet(for: .evaluate, rows: shape.rows)
    guard let evaluate = apus_evaluate_kernels_for(set.code)?.pointee.evaluate else {
      preconditionFailure("an engine's instruction set is supported")
    }
    let columns = Shared(pointers(of: out))
    program.withKernelProgram(inputs: inputs, constants: constants, weights: weights) { program in
      let shared = Shared(program)
      let words = apus_evaluate_scratch_words(program)
      let scratch = Columns<BabyBear>(uninitialized: words, count: engine.threads, on: engine)
      let places = Shared(pointers(of: scratch))
      engine.forEachRange(shape.rows, grain: engine.tuning.blockRows, cells: shape.columnCount) { range, worker in
        evaluate(
          columns.value, shared.value, scale.montgomery, places.value[worker], range.lowerBound, range.upperBound)
      }
      withExtendedLifetime(scratch) {}
    }
  }

  /// From the remainders on the cosets to the pieces, coefficient by coefficient.
  private func separate(_ remainders: borrowing Columns<BabyBear>) -> Columns<BabyBear> {
    let pieces = shape.quotientPieces
    let kernels = engine.babyBearKernels(rows: shape.rows)
    let result = Columns<BabyBear>(rows: shape.rows, count: 5 * pieces, on: engine)
    let rootInverse = BabyBear.rootOfUnity(log: pieces.trailingZeroBitCount).inverse ?? .one
    let shiftInverse = domain.shift.power(shape.rows).inverse ?? .one
    let share = BabyBear(pieces).inverse ?? .one
    for piece in 0..<pieces {
      for limb in 0..<5 {
        let out = Shared(result.pointer(5 * piece + limb))
        for coset in 0..<pieces {
          let factor = share * shiftInverse.power(piece) * rootInverse.power(piece * coset)
          let from = Shared(remainders.pointer(5 * coset + limb))
          engine.forEachRange(shape.rows, grain: engine.passRows, cells: 1) { range, _ in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: range.count) { scratch in
              let to = (out.value + range.lowerBound).words
              kernels.scale(
                scratch.baseAddress, (from.value + range.lowerBound).words, factor.montgomery, range.count)
              kernels.add(to, to, scratch.baseAddress, range.count)
            }
          }
        }
      }
    }
    return result
  }
}

extension Engine {
  /// Rows that a thread takes at a time in a pass over a column or two: four blocks, since a row costs little there.
  var passRows: Int { 4 * tuning.blockRows }
}

/// `out[i] = first * ratio^i`, on all threads.
func fillPowers(_ out: UnsafeMutablePointer<BabyBear>, first: BabyBear, ratio: BabyBear, count: Int, on engine: Engine)
{
  let out = Shared(out)
  let kernels = engine.babyBearKernels(rows: count)
  engine.forEachRange(count, grain: engine.passRows, cells: 1) { range, _ in
    kernels.powers(
      (out.value + range.lowerBound).words, (first * ratio.power(range.lowerBound)).montgomery, ratio.montgomery,
      range.count)
  }
}

/// The Montgomery words of each column.
private func pointers(of columns: borrowing Columns<BabyBear>) -> [UnsafeMutablePointer<UInt32>?] {
  var pointers: [UnsafeMutablePointer<UInt32>?] = []
  for column in 0..<columns.count { pointers.append(columns.pointer(column).words) }
  return pointers
}
