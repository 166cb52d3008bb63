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
    let rows = shape.rows
    let start = domain.start(ofCoset: coset)
    let kernels = engine.babyBearKernels
    guard let evaluator = apus_evaluate_kernels_for(engine.instructionSet.code)?.pointee else {
      preconditionFailure("an engine's instruction set is supported")
    }

    // Leaves: the points themselves, x - 1, x - g^(n-1), and the first row's selector, whose rotations are the others'.
    let selectors = Columns<BabyBear>(uninitialized: rows, count: 4, on: engine)
    let (points, notFirst, notLast, first) = (
      selectors.pointer(0), selectors.pointer(1), selectors.pointer(2), selectors.pointer(3)
    )
    fillPowers(points, first: start, ratio: domain.generator, count: rows, on: engine)
    let last = domain.generator.inverse ?? .one
    let zeroifier = start.power(rows) - .one
    let scale = zeroifier * (BabyBear(rows).inverse ?? .one)
    let pieces = Shared((points, notFirst, notLast, first))
    engine.forEachRange(rows, grain: 1 << 14) { range, _ in
      let (points, notFirst, notLast, first) = pieces.value
      for i in range {
        notFirst[i] = points[i] - .one
        notLast[i] = points[i] - last
      }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: range.count) { scratch in
        let (at, from) = ((first + range.lowerBound).words, (notFirst + range.lowerBound).words)
        kernels.batch_inverse(at, from, scratch.baseAddress, range.count)
        kernels.scale(at, at, scale.montgomery, range.count)
      }
    }

    // A periodic column is a polynomial in x^(n / period): on this coset it repeats as on the trace domain.
    var periodicValues: [[UInt32]] = []
    for column in graph.periodic {
      periodicValues.append(extendPeriodic(column.values, shift: start.power(rows / column.values.count)))
    }
    let periodicBuffers = periodicValues.map { values in
      let buffer = UnsafeMutablePointer<UInt32>.allocate(capacity: values.count)
      buffer.update(from: values, count: values.count)
      return buffer
    }
    defer { for buffer in periodicBuffers { buffer.deallocate() } }

    var inputs: [apus_input] = []
    for leaf in program.inputs {
      let (values, period, rotation): (UnsafePointer<UInt32>, Int, Int) =
        switch leaf {
        case .column(let column, let rotation):
          (UnsafePointer(trace.pointer(column, coset: coset).words), rows, rotation)
        case .periodic(let index): (UnsafePointer(periodicBuffers[index]), graph.periodic[index].values.count, 0)
        case .firstRow: (UnsafePointer(first.words), rows, 0)
        case .lastRow: (UnsafePointer(first.words), rows, 1)
        case .publicRow(let index): (UnsafePointer(first.words), rows, -publicRows[index])
        case .notFirstRow: (UnsafePointer(notFirst.words), rows, 0)
        default: (UnsafePointer(notLast.words), rows, 0)
        }
      inputs.append(apus_input(values: values, rows: period, rotation: rotation & (period - 1)))
    }
    let constants: [UInt32] = program.constants.map { leaf in
      switch leaf {
      case .constant(let value): BabyBear(value).montgomery
      case .publicValue(let index): publicValues[index].montgomery
      default: 0
      }
    }
    var weights: [UInt32] = []
    var power = BabyBear5.one
    for _ in graph.constraints {
      weights.append(contentsOf: power.coefficients.map(\.montgomery))
      power *= alpha
    }
    let factor = (zeroifier.inverse ?? .one).montgomery
    let columns = Shared((0..<5).map { Optional(out.pointer($0).words) })
    let threads = engine.threads
    program.instructions.withUnsafeBufferPointer { instructions in
      inputs.withUnsafeBufferPointer { inputs in
        constants.withUnsafeBufferPointer { constants in
          weights.withUnsafeBufferPointer { weights in
            let program = Shared(
              apus_program(
                instructions: instructions.baseAddress, instruction_count: instructions.count,
                register_count: UInt32(program.registerCount), inputs: inputs.baseAddress, input_count: inputs.count,
                constants: constants.baseAddress, constant_count: constants.count, weights: weights.baseAddress))
            let words = withUnsafePointer(to: program.value) { apus_evaluate_scratch_words($0) }
            let scratch = Columns<BabyBear>(uninitialized: words, count: threads, on: engine)
            let places = Shared((0..<threads).map { scratch.pointer($0).words })
            engine.forEachRange(rows, grain: max(4096, Int(APUS_EVALUATE_BLOCK))) { range, worker in
              withUnsafePointer(to: program.value) { program in
                evaluator.evaluate(
                  columns.value, program, factor, places.value[worker], range.lowerBound, range.upperBound)
              }
            }
            _ = scratch.count
          }
        }
      }
    }
    _ = selectors.count
    return out
  }

  /// From the remainders on the cosets to the pieces, coefficient by coefficient.
  private func separate(_ remainders: borrowing Columns<BabyBear>) -> Columns<BabyBear> {
    let pieces = shape.quotientPieces
    let kernels = engine.babyBearKernels
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
          engine.forEachRange(shape.rows, grain: 1 << 14) { range, _ in
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

/// The values of the polynomial that interpolates one period, on a coset of the period's subgroup, in Montgomery form.
private func extendPeriodic(_ values: [BabyBear], shift: BabyBear) -> [UInt32] {
  let log = values.count.trailingZeroBitCount
  let size = BabyBear(values.count).inverse ?? .one
  let coefficients = smallTransform(values, root: BabyBear.rootOfUnity(log: log).inverse ?? .one)
  var scaled: [BabyBear] = []
  var power = size
  for coefficient in coefficients {
    scaled.append(coefficient * power)
    power *= shift
  }
  return smallTransform(scaled, root: .rootOfUnity(log: log)).map(\.montgomery)
}

/// `out[i] = sum over j of in[j] root^(i j)`, for a root of unity of the values' number: recursive, for short columns.
private func smallTransform(_ values: [BabyBear], root: BabyBear) -> [BabyBear] {
  guard values.count > 1 else { return values }
  let half = values.count / 2
  let even = smallTransform((0..<half).map { values[2 * $0] }, root: root * root)
  let odd = smallTransform((0..<half).map { values[2 * $0 + 1] }, root: root * root)
  var result = [BabyBear](repeating: .zero, count: values.count)
  var power = BabyBear.one
  for i in 0..<half {
    result[i] = even[i] + power * odd[i]
    result[i + half] = even[i] - power * odd[i]
    power *= root
  }
  return result
}

/// `out[i] = first * ratio^i`, on all threads.
func fillPowers(_ out: UnsafeMutablePointer<BabyBear>, first: BabyBear, ratio: BabyBear, count: Int, on engine: Engine) {
  let out = Shared(out)
  let kernels = engine.babyBearKernels
  engine.forEachRange(count, grain: 1 << 14) { range, _ in
    kernels.powers(
      (out.value + range.lowerBound).words, (first * ratio.power(range.lowerBound)).montgomery, ratio.montgomery,
      range.count)
  }
}
