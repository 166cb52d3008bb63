// Kernels over columns of BabyBear's quintic extension, on one thread: what DEEP quotients and FRI are made of.

import ApusBench
import ApusField
import CApusKernels

func quinticSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  // In the second cache, and in memory.
  let sizes = options.isQuick ? [1 << 12] : [1 << 12, 1 << 18]
  return sizes.map { rows in
    BenchGroup(
      "quintic extension, \(rows) rows, per element of a column",
      engines.flatMap { engine in QuinticKernel.allCases.map { $0.benchCase(rows: rows, engine) } })
  }
}

private enum QuinticKernel: String, CaseIterable {
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
  private var cost: VectorCost? {
    switch self {
    case .multiply: 25 * SumCosts.term + 5 * SumCosts.reduction
    case .combine, .dot: 5 * SumCosts.term
    case .inverse, .fold: nil
    }
  }

  func benchCase(rows: Int, _ engine: Engine) -> BenchCase {
    let set = engine.instructionSet
    let label = CaseLabel(
      kernel: rawValue, field: "BabyBear5", engine: set.rawValue, rows: rows, columns: columns)
    let elements = rows * columns
    let costs = BabyBear.costs(on: set)
    let work = Work(
      elements: elements, cost: cost.flatMap { cost in costs.map { Double(elements) / $0.lanes * cost } },
      vectorBytes: set.vectorBytes)
    return BenchCase(label, work) { body(rows: rows, engine) }
  }

  private func body(rows: Int, _ engine: Engine) -> () -> Void {
    let table = engine.babyBearKernels
    let base = Held<BabyBear>(rows: rows, count: 3 + Self.count, on: engine)
    let extensions = Held<BabyBear>(rows: rows, count: 15, on: engine)
    let inputs = (0..<15).map { Optional(UnsafePointer(extensions.pointer($0).words)) }
    let (a, b) = (Array(inputs[0..<5]), Array(inputs[5..<10]))
    let out = (10..<15).map { Optional(extensions.pointer($0).words) }
    let columns = (3..<3 + Self.count).map { Optional(UnsafePointer(base.pointer($0).words)) }
    let x = base.pointer(0).words
    let constants = (0..<5 * Self.count).map { BabyBear($0 + 2).power(29).montgomery }
    func kept(_ work: @escaping () -> Void) -> () -> Void {
      { withExtendedLifetime((base, extensions)) { work() } }
    }
    switch self {
    case .multiply: return kept { table.quintic_mul(out, a, b, rows) }
    case .combine: return kept { table.quintic_combine(out, columns, constants, Self.count, 0, rows) }
    case .dot:
      var sums = constants
      return kept { table.quintic_dot(&sums, a, columns, Self.count, 0, rows) }
    case .inverse:
      let scratch = Held<BabyBear>(rows: 2 * rows, count: 1, on: engine)
      let place = scratch.pointer(0).words
      return kept {
        withExtendedLifetime(scratch) {
          table.quintic_inverse_of_difference(out, x, constants, Array(constants[5..<11]), place, rows)
        }
      }
    case .fold:
      // A row of the result takes eight of the input.
      let wide = Held<BabyBear>(rows: rows << Self.arityLog, count: 5, on: engine)
      let fibres = (0..<5).map { Optional(UnsafePointer(wide.pointer($0).words)) }
      return kept {
        withExtendedLifetime(wide) {
          table.quintic_fold(out, fibres, x, constants, constants, UInt32(Self.arityLog), rows, 0, rows)
        }
      }
    }
  }
}
