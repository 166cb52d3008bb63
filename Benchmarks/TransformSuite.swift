// Transforms: whole calls, coefficients in natural order to values in natural order, in place; and low-degree
// extensions by four.

import ApusBench
import ApusField
import ApusNTT

func transformSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let engines = try options.engines()
  let widest = try options.widestEngines()
  let shapes = options.isQuick ? [(12, 32), (16, 32)] : [(12, 32), (14, 32), (16, 32), (18, 32)]
  let lengths = options.isQuick ? [16] : [12, 14, 16, 18, 20, 22, 24]
  return transforms(BabyBear.self, shapes, lengths, engines, widest)
    + transforms(Goldilocks.self, shapes.map { ($0.0, $0.1 / 4) }, lengths.filter { $0 <= 22 }, engines, widest)
}

private func transforms<F: MeasuredField & TransformField>(
  _ field: F.Type, _ shapes: [(log: Int, columns: Int)], _ lengths: [Int], _ engines: [Engine], _ widest: [Engine]
) -> [BenchGroup] {
  let one = lengths.flatMap { log in engines.map { forward(field, log: log, columns: 1, $0) } }
  let many = shapes.flatMap { shape in
    (engines + widest.filter { $0.threads > 1 }).map { forward(field, log: shape.log, columns: shape.columns, $0) }
  }
  let extensions = shapes.flatMap { shape in
    widest.map { extending(field, log: shape.log, columns: shape.columns, $0) }
  }
  return [
    BenchGroup("NTT forward, \(F.label), one column", one),
    BenchGroup("NTT forward, \(F.label), many columns", many),
    BenchGroup("LDE, \(F.label), blowup 4", extensions),
  ]
}

private func forward<F: MeasuredField & TransformField>(
  _ field: F.Type, log: Int, columns: Int, _ engine: Engine
) -> BenchCase {
  let rows = 1 << log
  let label = CaseLabel(
    kernel: "NTT forward", field: F.label, engine: engine.instructionSet.rawValue, rows: rows, columns: columns,
    threads: engine.threads)
  let bytes = columns * rows * MemoryLayout<F>.stride
  let work = Work(
    elements: columns * rows, butterflies: columns * butterflies(log), bytes: 2 * bytes, workingSet: bytes,
    products: columns * products(field, log), vectorBytes: engine.instructionSet.vectorBytes)
  return BenchCase(label, work) {
    let held = Held<F>(rows: rows, count: columns, on: engine)
    let transform = try NTT<F>(rows: rows)
    return { transform.forward(&held.columns, on: engine) }
  }
}

/// An interpolation and four evaluations for each column, with memory that the engine's arena has at hand.
private func extending<F: MeasuredField & TransformField>(
  _ field: F.Type, log: Int, columns: Int, _ engine: Engine
) -> BenchCase {
  let (rows, blowup) = (1 << log, 4)
  let label = CaseLabel(
    kernel: "LDE", field: F.label, engine: engine.instructionSet.rawValue, rows: rows, columns: columns,
    threads: engine.threads)
  let bytes = (1 + blowup) * columns * rows * MemoryLayout<F>.stride
  let work = Work(
    elements: columns * rows, butterflies: (1 + blowup) * columns * butterflies(log), bytes: bytes, workingSet: bytes,
    products: (1 + blowup) * columns * products(field, log), vectorBytes: engine.instructionSet.vectorBytes)
  return BenchCase(label, work) {
    let held = Held<F>(rows: rows, count: columns, on: engine)
    let transform = try NTT<F>(rows: rows)
    return {
      // The shape and the shift are right, so that nothing is thrown.
      _ = try? transform.lowDegreeExtension(of: held.columns, blowup: blowup, shift: F.generator, on: engine)
    }
  }
}

private func butterflies(_ log: Int) -> Int { (1 << log) / 2 * log }

/// Butterflies whose factor is 1 are left out: all of one level, half of the next and so on, together two levels.
private func products<F: MeasuredField>(_ field: F.Type, _ log: Int) -> Int {
  (F.productsOfTwiddle ?? 0) * (1 << log) / 2 * max(0, log - 2)
}
