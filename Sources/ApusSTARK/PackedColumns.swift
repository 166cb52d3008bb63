// A trace in little memory: columns of zeros and ones as bits, columns of numbers below 2^16 as such, the others as they
// are.

internal import ApusField
internal import CApusKernels

final class PackedColumns<Element: ProvingField>: @unchecked Sendable {
  private enum Place {
    /// Among the bits, at the column's own number.
    case bits
    /// At this number among the columns that are kept so.
    case halves(Int)
    case whole(Int)
  }

  let rows: Int
  var count: Int { places.count }
  private let places: [Place]
  private let bits: PackedWords<UInt32>
  private let kernels: apus_bits_kernels
  private let halves: PackedWords<UInt16>
  private let whole: Columns<Element>

  init(_ columns: borrowing Columns<Element>, on engine: Engine) {
    let rows = columns.rows
    self.rows = rows
    let blocks = (rows * Self.wordsPerElement + Int(APUS_BITS_BLOCK) - 1) / Int(APUS_BITS_BLOCK)
    let bits = PackedWords<UInt32>(columns: columns.count, words: 16 * blocks, on: engine)
    let kernels = engine.bitKernels(rows: rows)
    self.kernels = kernels
    let from = Shared(columns.pointers)
    var bounds = [UInt64](repeating: 0, count: columns.count)
    bounds.withUnsafeMutableBufferPointer { bounds in
      let bounds = Shared(bounds)
      engine.forEachRange(from.value.count, cells: rows) { range, _ in
        for column in range {
          let from = from.value[column]
          let isPacked = kernels.pack(bits.column(column), Self.words(from), Self.one, rows * Self.wordsPerElement)
          bounds.value[column] = isPacked == 1 ? 1 : bound(of: from, rows)
        }
      }
    }
    var (halfColumns, wholeColumns) = (0, 0)
    places = bounds.map { bound in
      switch bound {
      case 1: return .bits
      case ...0xffff:
        defer { halfColumns += 1 }
        return .halves(halfColumns)
      default:
        defer { wholeColumns += 1 }
        return .whole(wholeColumns)
      }
    }
    let halves = PackedWords<UInt16>(columns: halfColumns, words: rows, on: engine)
    whole = Columns(uninitialized: rows, count: wholeColumns, on: engine)
    (self.bits, self.halves) = (bits, halves)
    let to = Shared(whole.pointers)
    engine.forEachRange(places.count, cells: rows) { [places] range, _ in
      for column in range {
        let from = from.value[column]
        switch places[column] {
        case .bits: break
        case .halves(let place): packHalves(from, rows, into: halves.column(place))
        case .whole(let place): to.value[place].update(from: from, count: rows)
        }
      }
    }
  }

  // The kernels see 32-bit words.
  private static var wordsPerElement: Int { MemoryLayout<Element>.stride / MemoryLayout<UInt32>.stride }
  private static var one: UInt64 {
    wordsPerElement == 2
      ? unsafeBitCast(Element.one, to: UInt64.self)
      : UInt64(unsafeBitCast(Element.one, to: UInt32.self)) * 0x1_0000_0001
  }
  private static func words(_ column: UnsafeMutablePointer<Element>) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(column).assumingMemoryBound(to: UInt32.self)
  }

  /// These columns' values.
  func unpacked(_ columns: [Int], on engine: Engine) -> Columns<Element> {
    let values = Columns<Element>(uninitialized: rows, count: columns.count, on: engine)
    let to = Shared(values.pointers)
    engine.forEachRange(columns.count, cells: rows) { range, _ in
      for place in range { unpack(columns[place], into: to.value[place]) }
    }
    return values
  }

  /// The column's values, `rows` of them.
  func unpack(_ column: Int, into to: UnsafeMutablePointer<Element>) {
    switch places[column] {
    case .bits: kernels.unpack(Self.words(to), bits.column(column), Self.one, rows * Self.wordsPerElement)
    case .halves(let place): unpackHalves(halves.column(place), rows, into: to)
    case .whole(let place): to.update(from: whole.pointer(place), count: rows)
    }
  }
}

/// Columns of so many words each.
private struct PackedWords<Word: FixedWidthInteger & Sendable>: Sendable {
  private let storage: ColumnStorage
  private let words: Int

  init(columns: Int, words: Int, on engine: Engine) {
    self.words = words
    storage = ColumnStorage(bytes: columns * words * MemoryLayout<Word>.stride, engine: engine)
  }

  func column(_ column: Int) -> UnsafeMutablePointer<Word> {
    storage.base.assumingMemoryBound(to: Word.self) + column * words
  }
}

// Copies for single elements' arithmetic, as in `Prover`.

/// No less than the column's canonical numbers; more than 16 bits if one of them has more.
@specialized(where F == BabyBear)
@specialized(where F == Goldilocks)
private func bound<F: ProvingField>(of column: UnsafeMutablePointer<F>, _ rows: Int) -> UInt64 {
  var seen: UInt64 = 2
  var row = 0
  while row < rows && seen <= 0xffff {
    seen |= column[row].canonical
    row += 1
  }
  return seen
}

@specialized(where F == BabyBear)
@specialized(where F == Goldilocks)
private func packHalves<F: ProvingField>(
  _ column: UnsafeMutablePointer<F>, _ rows: Int, into halves: UnsafeMutablePointer<UInt16>
) {
  for row in 0..<rows { halves[row] = UInt16(truncatingIfNeeded: column[row].canonical) }
}

@specialized(where F == BabyBear)
@specialized(where F == Goldilocks)
private func unpackHalves<F: ProvingField>(
  _ halves: UnsafePointer<UInt16>, _ rows: Int, into to: UnsafeMutablePointer<F>
) {
  for row in 0..<rows { to[row] = F(UInt32(halves[row])) }
}
