// Baselines of the element-wise suite: copying, and the same product by GMP's integers of any size.

import ApusBench
import ApusField
import CGMP

/// Copies one column by the C library.
func copyBaseline<F: MeasuredField>(_ field: F.Type, rows: Int, _ engine: Engine) -> BenchCase {
  let bytes = 2 * rows * MemoryLayout<F>.stride
  let label = CaseLabel(kernel: "memcpy", field: F.label, engine: "libc", rows: rows)
  return BenchCase(label, Work(elements: rows, bytes: bytes, workingSet: bytes)) {
    let held = Held<F>(rows: rows, count: 2, on: engine)
    return { withExtendedLifetime(held) { held.pointer(0).update(from: held.pointer(1), count: rows) } }
  }
}

/// Multiplies and reduces integers of any size, one after the other, as a program without a field library would.
func bigIntegerBaseline<F: MeasuredField>(_ field: F.Type, rows: Int) -> BenchCase {
  let rows = min(rows, 1 << 12)  // each number has its own memory, so that more of them say nothing new
  let label = CaseLabel(kernel: "multiply", field: F.label, engine: "GMP", rows: rows)
  return BenchCase(label, Work(elements: rows)) {
    let numbers = BigIntegers(count: rows, modulus: F.order)
    return { numbers.multiply() }
  }
}

/// Pairs of residues, and the place for their product.
private final class BigIntegers {
  /// The pairs, the product, the modulus.
  private let numbers: UnsafeMutablePointer<mpz_t>
  private let count: Int
  private var product: UnsafeMutablePointer<mpz_t> { numbers + 2 * count }
  private var modulus: UnsafeMutablePointer<mpz_t> { numbers + 2 * count + 1 }

  init(count: Int, modulus order: UInt64) {
    self.count = count
    numbers = .allocate(capacity: 2 * count + 2)
    var power = UInt64(3)
    for i in 0...2 * count {
      __gmpz_init_set_ui(numbers + i, UInt(power))
      power = order.dividingFullWidth(power.multipliedFullWidth(by: 7)).remainder
    }
    __gmpz_init_set_ui(modulus, UInt(order))
  }

  deinit {
    for i in 0..<2 * count + 2 { __gmpz_clear(numbers + i) }
    numbers.deallocate()
  }

  func multiply() {
    for i in 0..<count {
      __gmpz_mul(product, numbers + 2 * i, numbers + 2 * i + 1)
      __gmpz_mod(product, product, modulus)
    }
  }
}
