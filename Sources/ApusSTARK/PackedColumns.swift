// A trace in little memory: columns of zeros and ones as bits, the others as they are.

internal import ApusField

final class PackedColumns<Element: ProvingField>: Sendable {
  private enum Place {
    /// The column's first word among the bits.
    case bits(Int)
    case whole(Int)
  }

  let rows: Int
  var count: Int { places.count }
  private let places: [Place]
  private let bits: [UInt64]
  private let whole: Columns<Element>

  // Copies for single elements' arithmetic, as in `Prover`.
  @specialized(where Element == BabyBear)
  @specialized(where Element == Goldilocks)
  init(_ columns: borrowing Columns<Element>, on engine: Engine) {
    rows = columns.rows
    let rows = columns.rows
    let words = (rows + 63) / 64
    let from = Shared(columns.pointers)
    var packed = [UInt64](repeating: 0, count: columns.count * words)
    var areBits = [Bool](repeating: false, count: columns.count)
    packed.withUnsafeMutableBufferPointer { packed in
      areBits.withUnsafeMutableBufferPointer { areBits in
        let to = Shared((packed: packed.baseAddress, areBits: areBits.baseAddress))
        engine.forEachRange(from.value.count, cells: rows) { range, _ in
          for column in range {
            guard let words = to.value.packed.map({ $0 + column * words }) else { continue }
            to.value.areBits?[column] = pack(from.value[column], rows, into: words)
          }
        }
      }
    }
    var places: [Place] = []
    var bits: [UInt64] = []
    var others: [Int] = []
    for column in areBits.indices {
      if areBits[column] {
        places.append(.bits(bits.count))
        bits += packed[column * words..<(column + 1) * words]
      } else {
        places.append(.whole(others.count))
        others.append(column)
      }
    }
    self.places = places
    self.bits = bits
    whole = Columns(uninitialized: rows, count: others.count, on: engine)
    let shared = Shared((from: others.map { from.value[$0] }, to: whole.pointers))
    engine.forEachRange(others.count, cells: rows) { range, _ in
      for column in range { shared.value.to[column].update(from: shared.value.from[column], count: rows) }
    }
  }

  func unpacked(on engine: Engine) -> Columns<Element> {
    let columns = Columns<Element>(uninitialized: rows, count: count, on: engine)
    for column in 0..<count { unpack(column, into: columns.pointer(column)) }
    return columns
  }

  /// The column's values, `rows` of them.
  func unpack(_ column: Int, into to: UnsafeMutablePointer<Element>) {
    switch places[column] {
    case .whole(let index): to.update(from: whole.pointer(index), count: rows)
    case .bits(let first): bits.withUnsafeBufferPointer { unpackBits($0.baseAddress! + first, rows, into: to) }
    }
  }
}

/// Packs a column if it holds zeros and ones alone, and says whether it does.
@specialized(where F == BabyBear)
@specialized(where F == Goldilocks)
private func pack<F: ProvingField>(
  _ column: UnsafeMutablePointer<F>, _ rows: Int, into words: UnsafeMutablePointer<UInt64>
) -> Bool {
  for first in stride(from: 0, to: rows, by: 64) {
    var word: UInt64 = 0
    for row in first..<min(rows, first + 64) {
      if column[row] == .one { word |= 1 << UInt64(row - first) } else if column[row] != .zero { return false }
    }
    words[first / 64] = word
  }
  return true
}

@specialized(where F == BabyBear)
@specialized(where F == Goldilocks)
private func unpackBits<F: ProvingField>(
  _ words: UnsafePointer<UInt64>, _ rows: Int, into to: UnsafeMutablePointer<F>
) {
  // Eight elements for each byte.
  withUnsafeTemporaryAllocation(of: F.self, capacity: 256 * 8) { table in
    guard let table = table.baseAddress else { return }
    for byte in 0..<256 { for bit in 0..<8 { table[8 * byte + bit] = byte >> bit & 1 == 1 ? .one : .zero } }
    for row in stride(from: 0, to: rows, by: 8) {
      let byte = Int(truncatingIfNeeded: words[row / 64] >> UInt64(row % 64)) & 255
      (to + row).update(from: table + 8 * byte, count: 8)
    }
  }
}
