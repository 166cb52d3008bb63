// Exact matrix products modulo BabyBear's prime: the kernels, and as a baseline BLAS on numbers split in two.

import ApusBench
import ApusField
import CBLAS

func matrixSuite(_ options: SuiteOptions) throws -> [BenchGroup] {
  let sizes = options.isQuick ? [256] : [256, 1024]
  let wide = try options.widestEngines()
  let engines = try options.engines().dropLast() + wide
  return sizes.map { size in
    BenchGroup(
      "exact matrix product, \(size) x \(size), per multiply-add",
      engines.map { matrixProduct(size: size, $0) } + [splitProduct(size: size)])
  }
}

private func matrixProduct(size: Int, _ engine: Engine) -> BenchCase {
  let set = engine.instructionSet
  let label = CaseLabel(
    kernel: "matrix product", field: BabyBear.label, engine: set.rawValue, rows: size, columns: size,
    threads: engine.threads)
  let products = size * size * size
  let work = Work(
    elements: products, cost: BabyBear.costs(on: set).map { Double(products) / $0.lanes * SumCosts.term },
    vectorBytes: set.vectorBytes)
  return BenchCase(label, work) {
    let (a, b) = (
      Held<BabyBear>(rows: size, count: size, on: engine), Held<BabyBear>(rows: size, count: size, on: engine)
    )
    return { _ = engine.matrixProduct(a.columns, b.columns) }
  }
}

/// A baseline whose result is wrong measures nothing.
private struct WrongProduct: Error, CustomStringConvertible {
  let library: String
  var description: String { "\(library) gives a wrong matrix product" }
}

private func splitProduct(size: Int) -> BenchCase {
  let library = BLASLibrary.loaded
  let label = CaseLabel(
    kernel: "split dgemm", field: "BabyBear", engine: library.name, rows: size, columns: size)
  return BenchCase(label, Work(elements: size * size * size)) {
    library.useOneThread()
    let product = SplitProduct(size: size)
    product.run()
    guard product.isRight else { throw WrongProduct(library: library.name) }
    return { product.run() }
  }
}

/// C = A · B mod p for square matrices of words below p, through four products of halves in floating point.
///
/// With a = a0 + 2^16 · a1, a sum of n products of halves stays below n · 2^32, the mixed ones together too, and so is
/// exact in a double for n up to 2^21. Splitting is part of the work.
private final class SplitProduct {
  private static let modulus = BabyBear.order
  private let size: Int
  private let a, b: [UInt32]
  private var c: [UInt32]
  private var halves: (a0: [Double], a1: [Double], b0: [Double], b1: [Double])
  private var products: (low: [Double], mixed: [Double], high: [Double])

  init(size: Int) {
    precondition(size <= 1 << 21, "sums of so many products are not exact")
    self.size = size
    var power = UInt64(1)
    func words() -> [UInt32] {
      (0..<size * size).map { _ in
        power = power * 31 % Self.modulus  // 31 generates the multiplicative group
        return UInt32(power)
      }
    }
    (a, b) = (words(), words())
    c = Array(repeating: 0, count: size * size)
    let zeros = [Double](repeating: 0, count: size * size)
    halves = (zeros, zeros, zeros, zeros)
    products = (zeros, zeros, zeros)
  }

  func run() {
    for i in 0..<size * size {
      (halves.a0[i], halves.a1[i]) = (Double(a[i] & 0xffff), Double(a[i] >> 16))
      (halves.b0[i], halves.b1[i]) = (Double(b[i] & 0xffff), Double(b[i] >> 16))
    }
    multiply(halves.a0, halves.b0, into: &products.low)
    multiply(halves.a0, halves.b1, into: &products.mixed)
    multiply(halves.a1, halves.b0, into: &products.mixed, adding: true)
    multiply(halves.a1, halves.b1, into: &products.high)
    for i in 0..<size * size {
      let high = UInt64(products.high[i]) % Self.modulus
      let mixed = (UInt64(products.mixed[i]) + high << 16) % Self.modulus
      c[i] = UInt32((UInt64(products.low[i]) + mixed << 16) % Self.modulus)
    }
  }

  /// Whether some entries are what integers give.
  var isRight: Bool {
    (0..<size).allSatisfy { i in
      let j = (7 * i + 3) % size
      let sum = (0..<size).reduce(UInt64(0)) { sum, k in
        (sum + UInt64(a[i * size + k]) * UInt64(b[k * size + j])) % Self.modulus
      }
      return UInt64(c[i * size + j]) == sum
    }
  }

  private func multiply(_ a: [Double], _ b: [Double], into c: inout [Double], adding: Bool = false) {
    let n = Int32(size)
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, adding ? 1 : 0, &c, n)
  }
}
