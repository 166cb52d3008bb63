// The quotient of the batched constraints by the trace domain's vanishing polynomial, and its trace-sized pieces.
//
// q = (sum over j of alpha^j c_j) / (x^n - 1) has degree below pieces * n. It is evaluated on `pieces` of the
// extension's cosets. On coset s·H its remainder mod x^n - s^n is r_s = sum over i of s^(n i) q_i, where
// q = sum over i of x^(n i) q_i; the cosets' s^n are t times the pieces-th roots of unity, so the q_i follow from the
// r_s by an inverse transform of that small size, coefficient by coefficient.

internal import ApusField
internal import ApusNTT
internal import CApusKernels

struct QuotientEvaluation<E: ChallengeField> where E.Base: ProvingField {
  let graph: ConstraintGraph
  let shape: ProofShape
  let publicValues: [E.Base]
  let publicRows: [Int]
  let engine: Engine

  private var domain: EvaluationDomain<E.Base> { EvaluationDomain(shape: shape) }

  /// The extension of the quotient's pieces, `E.degree` columns each.
  func extended(
    trace: borrowing some ExtendedColumns<E.Base> & ~Copyable, alpha: E
  ) throws -> CosetColumns<E.Base> {
    try NTT<E.Base>(rows: shape.rows).lowDegreeExtension(
      ofBitReversedCoefficients: coefficients(from: remainders(trace: trace, alpha: alpha)), blowup: shape.blowup,
      shift: domain.shift,
      on: engine)
  }

  /// The cosets that the quotient is evaluated on, in the order in which they are asked for.
  var cosets: [Int] { (0..<shape.quotientPieces).reversed().map { $0 * (shape.blowup / shape.quotientPieces) } }

  /// The quotient's remainders on its cosets, by their coefficients in bit-reversed order, piece by piece.
  func remainders(
    trace: borrowing some ExtendedColumns<E.Base> & ~Copyable, alpha: E
  ) throws -> Columns<E.Base> {
    let ntt = try NTT<E.Base>(rows: shape.rows)
    let pieces = shape.quotientPieces
    let remainders = Columns<E.Base>(uninitialized: shape.rows, count: E.degree * pieces, on: engine)
    let program = ConstraintProgram(graph)
    for coset in cosets {
      let piece = coset / (shape.blowup / pieces)
      var values = trace.withCoset(coset) { view -> Columns<E.Base> in
        evaluation(program, coset: coset, trace: view, alpha: alpha).run()
      }
      ntt.bitReversedCoefficients(of: &values, shift: domain.start(ofCoset: coset), on: engine)
      let places = Shared((from: values.pointers, to: remainders.pointers))
      engine.forEachRange(E.degree, cells: shape.rows) { limbs, _ in
        for limb in limbs {
          places.value.to[E.degree * piece + limb].update(from: places.value.from[limb], count: shape.rows)
        }
      }
    }
    return remainders
  }

  /// One coset, ready to run.
  func evaluation(
    _ program: ConstraintProgram, coset: Int, trace: CosetView<E.Base>, alpha: E
  ) -> CosetEvaluation<E> {
    let start = domain.start(ofCoset: coset)
    let leaves = CosetLeaves(graph: graph, start: start, rows: shape.rows, on: engine)
    var inputs: [apus_input] = []
    for leaf in program.inputs {
      inputs.append(leaves.input(leaf, trace: trace, publicRows: publicRows))
    }
    let constants: [E.Base] = program.constants.map { leaf in
      switch leaf {
      case .constant(let value): E.Base(value)
      case .publicValue(let index): publicValues[index]
      default: preconditionFailure("\(leaf) varies with the row")
      }
    }
    var powers: [E] = []
    for _ in graph.constraints { powers.append(powers.last.map { $0 * alpha } ?? .one) }
    let vanishing = start.power(shape.rows) - .one
    return CosetEvaluation(
      program: program, leaves: leaves, inputs: inputs, constants: constants, weights: powers,
      scale: vanishing.inverse ?? .one, rows: shape.rows, columnCount: shape.columnCount, on: engine)
  }

  /// The pieces' coefficients in bit-reversed order, each from those of the remainders.
  func coefficients(from remainders: consuming Columns<E.Base>) -> Columns<E.Base> {
    let pieces = shape.quotientPieces
    let kernels = engine.kernels(E.Base.self, rows: shape.rows)
    let result = Columns<E.Base>(rows: shape.rows, count: E.degree * pieces, on: engine)
    let rootInverse = E.Base.rootOfUnity(log: pieces.trailingZeroBitCount).inverse ?? .one
    let shiftInverse = domain.shift.power(shape.rows).inverse ?? .one
    let share = E.Base(UInt64(pieces)).inverse ?? .one
    for piece in 0..<pieces {
      for limb in 0..<E.degree {
        let out = Shared(result.pointer(E.degree * piece + limb))
        for coset in 0..<pieces {
          let factor = share * shiftInverse.power(piece) * rootInverse.power(piece * coset)
          let from = Shared(remainders.pointer(E.degree * coset + limb))
          engine.forEachRange(shape.rows, grain: engine.passRows, cells: 1) { range, _ in
            withUnsafeTemporaryAllocation(of: E.Base.self, capacity: range.count) { scratch in
              guard let scaled = scratch.baseAddress else { return }
              let to = out.value + range.lowerBound
              kernels.scale(scaled, from.value + range.lowerBound, factor, range.count)
              kernels.add(to, to, scaled, range.count)
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
func fillPowers<F: ProvingField>(
  _ out: UnsafeMutablePointer<F>, first: F, ratio: F, count: Int, on engine: Engine
) {
  let out = Shared(out)
  let powers = engine.kernels(F.self, rows: count).powers
  engine.forEachRange(count, grain: engine.passRows, cells: 1) { range, _ in
    powers(out.value + range.lowerBound, first * ratio.power(range.lowerBound), ratio, range.count)
  }
}
