// Element-wise arithmetic on one column, on one thread: the bare kernels, and what they are held against.

import ApusBench
import ApusField

func elementwiseSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  let sizes = options.isQuick ? [1 << 12] : [1 << 12, 1 << 16, 1 << 22]
  return sizes.flatMap { rows in
    [group(BabyBear.self, rows: rows, engines), group(Goldilocks.self, rows: rows, engines)]
  }
}

private func group<F: MeasuredField>(_ field: F.Type, rows: Int, _ engines: [Engine]) -> BenchGroup {
  var cases = engines.flatMap { engine in ElementwiseKernel.allCases.map { $0.benchCase(field, rows: rows, engine) } }
  cases.append(copyBaseline(field, rows: rows, engines[0]))
  cases.append(bigIntegerBaseline(field, rows: rows))
  return BenchGroup("element-wise, \(F.label), \(rows) rows", cases)
}

private enum ElementwiseKernel: String, CaseIterable {
  case add, multiply, scale
  case inverse = "batch inverse"

  func benchCase<F: MeasuredField>(_ field: F.Type, rows: Int, _ engine: Engine) -> BenchCase {
    let set = engine.instructionSet
    let label = CaseLabel(kernel: rawValue, field: F.label, engine: set.rawValue, rows: rows)
    // Outputs count too. A batch inversion's prefix products are in memory, but need not leave the cache.
    let (touched, alive) =
      switch self {
      case .add, .multiply: (3, 3)
      case .scale: (2, 2)
      case .inverse: (2, 3)
      }
    let column = rows * MemoryLayout<F>.stride
    let costs = F.costs(on: set)
    let work = Work(
      elements: rows, bytes: touched * column, workingSet: alive * column,
      cost: costs.map { Double(rows) / $0.lanes * cost($0) }, vectorBytes: set.vectorBytes)
    return BenchCase(label, work) { body(field, rows: rows, engine) }
  }

  /// For one vector of results.
  private func cost(_ costs: FieldCosts) -> VectorCost {
    switch self {
    case .add: costs.add
    case .multiply: costs.product
    case .scale: costs.fixedProduct
    case .inverse: costs.inverse
    }
  }

  private func body<F: MeasuredField>(_ field: F.Type, rows: Int, _ engine: Engine) -> () -> Void {
    let kernels = F.columnKernels(for: engine.instructionSet)
    let held = Held<F>(rows: rows, count: 3, on: engine)
    let (out, a, b) = (held.pointer(0), held.pointer(1), held.pointer(2))
    let factor = b[0]
    func kept(_ work: @escaping () -> Void) -> () -> Void { { withExtendedLifetime(held) { work() } } }
    return switch self {
    case .add: kept { kernels.add(out, a, b, rows) }
    case .multiply: kept { kernels.multiply(out, a, b, rows) }
    case .scale: kept { kernels.scale(out, a, factor, rows) }
    case .inverse: kept { kernels.invert(out, a, b, rows) }
    }
  }
}
