// Kernels over columns of extensions, on one thread: what DEEP quotients and FRI are made of.

import ApusBench
import ApusField

func extensionSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  // In the second cache, and in memory.
  let sizes = options.isQuick ? [1 << 12] : [1 << 12, 1 << 18]
  return sizes.map { rows in
    BenchGroup(
      "extensions, \(rows) rows, per element of a column",
      engines.flatMap { engine in
        ExtensionKernel.allCases.flatMap { kernel in
          [
            kernel.benchCase(BabyBear5.self, rows: rows, BabyBear.costs(on: engine.instructionSet), engine),
            kernel.benchCase(BabyBear4.self, rows: rows, BabyBear.costs(on: engine.instructionSet), engine),
            kernel.benchCase(Goldilocks3.self, rows: rows, nil, engine),
          ]
        }
      })
  }
}

private enum ExtensionKernel: String, CaseIterable {
  case multiply
  case combine = "linear combination"
  case dot = "inner products"
  case inverse = "inverse of difference"
  case fold = "fold by 8"

  /// Columns of the base field that are combined.
  private static let count = 32
  private static let arityLog = 3

  private var columns: Int { self == .combine || self == .dot ? Self.count : 1 }

  /// For one vector of elements; `nil` where nothing was counted.
  private func cost(degree: Int) -> VectorCost? {
    switch self {
    case .multiply: Double(degree * degree) * SumCosts.term + Double(degree) * SumCosts.reduction
    case .combine, .dot: Double(degree) * SumCosts.term
    case .inverse, .fold: nil
    }
  }

  /// - Parameter costs: of the base field, where its sums' instructions were counted.
  func benchCase<E: ChallengeField>(_ field: E.Type, rows: Int, _ costs: FieldCosts?, _ engine: Engine) -> BenchCase {
    let set = engine.instructionSet
    let label = CaseLabel(kernel: rawValue, field: "\(E.self)", engine: set.rawValue, rows: rows, columns: columns)
    let elements = rows * columns
    let work = Work(
      elements: elements,
      cost: cost(degree: E.degree).flatMap { cost in costs.map { Double(elements) / $0.lanes * cost } },
      vectorBytes: set.vectorBytes)
    return BenchCase(label, work) { body(E.self, rows: rows, engine) }
  }

  private func body<E: ChallengeField>(_ field: E.Type, rows: Int, _ engine: Engine) -> () -> Void {
    let kernels = engine.kernels(over: E.self, rows: rows)
    let base = Held<E.Base>(rows: rows, count: 1 + Self.count, on: engine)
    let extensions = Held<E.Base>(rows: rows, count: 3 * E.degree, on: engine)
    let inputs = (0..<3 * E.degree).map { UnsafePointer<E.Base>?(extensions.pointer($0)) }
    let (a, b) = (Array(inputs[0..<E.degree]), Array(inputs[E.degree..<2 * E.degree]))
    let out = (2 * E.degree..<3 * E.degree).map { Optional(extensions.pointer($0)) }
    let columns = (1...Self.count).map { UnsafePointer<E.Base>?(base.pointer($0)) }
    let x = base.pointer(0)
    let constants = (0..<E.degree * Self.count).map { E.Base(UInt64($0 + 2)).power(29) }
    func kept(_ work: @escaping () -> Void) -> () -> Void {
      { withExtendedLifetime((base, extensions)) { work() } }
    }
    switch self {
    case .multiply: return kept { kernels.multiply(out, a, b, rows) }
    case .combine: return kept { kernels.combine(out, columns, constants, Self.count, 0, rows) }
    case .dot:
      var sums = constants
      return kept { kernels.dot(&sums, a, columns, Self.count, 0, rows) }
    case .inverse:
      let scratch = Held<E.Base>(rows: 2 * rows, count: 1, on: engine)
      let place = scratch.pointer(0)
      let z = E(coefficients: Array(constants[0..<E.degree]))
      let (point, minimal) = (z.coefficients, z.minimalPolynomial)
      return kept {
        withExtendedLifetime(scratch) { kernels.inverseOfDifference(out, x, point, minimal, place, rows) }
      }
    case .fold:
      // A row of the result takes eight of the input.
      let wide = Held<E.Base>(rows: rows << Self.arityLog, count: E.degree, on: engine)
      let fibres = (0..<E.degree).map { UnsafePointer<E.Base>?(wide.pointer($0)) }
      return kept {
        withExtendedLifetime(wide) {
          kernels.fold(out, fibres, x, constants, constants, Self.arityLog, rows, 0..<rows)
        }
      }
    }
  }
}
