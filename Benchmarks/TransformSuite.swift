// Transforms: whole calls in place, from coefficients in bit-reversed order, as transforms leave and take them without
// permuting anything, to values in natural order; and low-degree extensions by two and by four.

import ApusBench
import ApusField
import ApusNTT

func transformSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  try transforms(BabyBear.self, .babyBear(isQuick: options.isQuick), options)
    + transforms(Goldilocks.self, .goldilocks(isQuick: options.isQuick), options)
}

/// Rows as a logarithm, and columns.
private typealias Shape = (log: Int, columns: Int)

private struct TransformSizes {
  /// Of one column alone, by logarithm: through all the caches into memory.
  let lengths: [Int]
  /// From this length on, one column is measured on several threads, too.
  static let shared = 16
  let shapes: [Shape]
  let extensions: [(shape: Shape, blowup: Int)]

  static func babyBear(isQuick: Bool) -> Self {
    guard !isQuick else {
      return Self(
        lengths: [16], shapes: [(12, 32), (16, 16), (16, 32)], extensions: [((16, 32), 2), ((16, 32), 4)])
    }
    return Self(
      lengths: Array(stride(from: 12, through: 24, by: 2)),
      shapes: [(12, 32), (14, 32), (16, 16), (16, 32), (16, 128), (18, 32), (20, 128)],
      extensions: [((16, 32), 2), ((18, 32), 2), ((18, 128), 2), ((12, 32), 4), ((16, 32), 4), ((18, 32), 4)])
  }

  static func goldilocks(isQuick: Bool) -> Self {
    guard !isQuick else {
      return Self(lengths: [16], shapes: [(12, 8), (16, 8), (16, 32)], extensions: [((16, 8), 2), ((16, 8), 4)])
    }
    return Self(
      lengths: Array(stride(from: 12, through: 24, by: 2)),
      shapes: [(12, 8), (14, 8), (16, 8), (16, 32), (18, 8), (20, 32)],
      extensions: [((16, 8), 2), ((18, 32), 2), ((16, 8), 4), ((18, 8), 4)])
  }
}

/// Each shape is a group of its own, with engines of its own, for these keep what memory they ever had. What does not
/// fit is left out.
private func transforms<F: MeasuredField & TransformField>(
  _ field: F.Type, _ sizes: TransformSizes, _ options: SuiteOptions
) throws -> [BenchGroup] {
  let sets = options.allInstructionSets.count
  func isRoom(_ shape: Shape, copies: Int) -> Bool {
    options.isRoom(forBytes: copies * shape.columns * (1 << shape.log) * MemoryLayout<F>.stride)
  }
  let (engines, sharing) = (try options.engines(), try options.sharingEngines())
  let one = sizes.lengths.flatMap { log in
    (engines + (log >= TransformSizes.shared ? sharing : [])).map { forward(field, (log, 1), $0) }
  }
  let many = try sizes.shapes.filter { isRoom($0, copies: 2 + sets) }.map { shape in
    BenchGroup(
      "NTT, \(F.label), \(shape.columns) columns of 2^\(shape.log)",
      try options.allEngines().map { forward(field, shape, $0) }
        + options.widestEngines().prefix(1).map { forward(field, shape, from: .natural, $0) })
  }
  let extensions = try sizes.extensions.filter { isRoom($0.shape, copies: 2 * (1 + $0.blowup)) }.map { shape, blowup in
    BenchGroup(
      "LDE by \(blowup), \(F.label), \(shape.columns) columns of 2^\(shape.log)",
      try options.widestEngines().map { extending(field, shape, by: blowup, $0) })
  }
  return [BenchGroup("NTT, \(F.label), one column", one)] + many + extensions
}

private func forward<F: MeasuredField & TransformField>(
  _ field: F.Type, _ shape: Shape, from order: CoefficientOrder = .bitReversed, _ engine: Engine
) -> BenchCase {
  let (rows, columns) = (1 << shape.log, shape.columns)
  let bytes = columns * rows * MemoryLayout<F>.stride
  let work = transformWork(field, shape, transforms: 1, bytes: 2 * bytes, workingSet: bytes, engine)
  let kernel = order == .natural ? "NTT, permuted" : "NTT"
  return BenchCase(label(kernel, field, shape, engine), work) {
    let held = Held<F>(rows: rows, count: columns, on: engine)
    let transform = try NTT<F>(rows: rows)
    return { transform.forward(&held.columns, from: order, on: engine) }
  }
}

/// An interpolation and `blowup` evaluations for each column, with memory that the engine's arena has at hand.
private func extending<F: MeasuredField & TransformField>(
  _ field: F.Type, _ shape: Shape, by blowup: Int, _ engine: Engine
) -> BenchCase {
  let (rows, columns) = (1 << shape.log, shape.columns)
  let bytes = (1 + blowup) * columns * rows * MemoryLayout<F>.stride
  let work = transformWork(field, shape, transforms: 1 + blowup, bytes: bytes, workingSet: bytes, engine)
  return BenchCase(label("LDE by \(blowup)", field, shape, engine), work) {
    let held = Held<F>(rows: rows, count: columns, on: engine)
    let transform = try NTT<F>(rows: rows)
    return {
      // The shape and the shift are right, so that nothing is thrown.
      _ = try? transform.lowDegreeExtension(of: held.columns, blowup: blowup, shift: F.generator, on: engine)
    }
  }
}

private func label<F: MeasuredField>(_ kernel: String, _ field: F.Type, _ shape: Shape, _ engine: Engine) -> CaseLabel {
  CaseLabel(
    kernel: kernel, field: F.label, engine: engine.instructionSet.rawValue, rows: 1 << shape.log,
    columns: shape.columns, threads: engine.threads)
}

/// - Parameter transforms: of each column.
private func transformWork<F: MeasuredField>(
  _ field: F.Type, _ shape: Shape, transforms: Int, bytes: Int, workingSet: Int, _ engine: Engine
) -> Work {
  let count = transforms * shape.columns
  return Work(
    elements: shape.columns * (1 << shape.log), butterflies: count * shape.log * (1 << shape.log) / 2, bytes: bytes,
    workingSet: workingSet,
    cost: F.costs(on: engine.instructionSet).map { Double(count) * $0.transform(log: shape.log) },
    vectorBytes: engine.instructionSet.vectorBytes)
}
