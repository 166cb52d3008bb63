// The C tables of both fields behind one face, and columns as those tables take them.

public import ApusField
internal import CApusKernels

/// Kernels over rows of columns. Output columns may be input columns.
public struct Poseidon2Kernels<Element: Field>: Sendable {
  package typealias Pointers = ColumnPointers<Element>

  /// Rows that one call takes at least, where there are as many: some 20 µs of work, and whole vectors.
  package static var grain: Int { 256 }

  package let permute: @Sendable (_ states: Pointers, _ rows: Range<Int>) -> Void
  package let hashRows: @Sendable (_ digests: Pointers, _ columns: Pointers, _ rows: Range<Int>) -> Void
  /// `nil` where a state is not two digests.
  package let compress:
    (@Sendable (_ digests: Pointers, _ left: Pointers, _ right: Pointers, _ rows: Range<Int>) -> Void)?
}

/// Where columns begin, for threads that work on rows apart from each other.
/// The columns live at least until the work is done: their owner is borrowed by the call that waits for it.
package struct ColumnPointers<Element: Field>: @unchecked Sendable {
  private let starts: [UnsafeMutableRawPointer?]

  package init(_ columns: borrowing Columns<Element>) {
    var starts: [UnsafeMutableRawPointer?] = []
    for column in 0..<columns.count { starts.append(UnsafeMutableRawPointer(columns.pointer(column))) }
    self.starts = starts
  }

  var count: Int { starts.count }

  /// The columns as arrays of the word that an element is.
  func write<Word>(as word: Word.Type, _ body: (UnsafePointer<UnsafeMutablePointer<Word>?>?) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      starts.withMemoryRebound(to: UnsafeMutablePointer<Word>?.self) { body($0.baseAddress) }
    }
  }
  func read<Word>(as word: Word.Type, _ body: (UnsafePointer<UnsafePointer<Word>?>?) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      starts.withMemoryRebound(to: UnsafePointer<Word>?.self) { body($0.baseAddress) }
    }
  }
}

extension Poseidon2Kernels<BabyBear> {
  /// - Precondition: the machine runs the table's instruction set, so that there is a table.
  init(_ table: UnsafePointer<apus_poseidon2_babybear_kernels>?) {
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    permute = { states, rows in
      states.write(as: UInt32.self) { table.permute($0, rows.lowerBound, rows.upperBound) }
    }
    hashRows = { digests, columns, rows in
      digests.write(as: UInt32.self) { out in
        columns.read(as: UInt32.self) { table.hash_rows(out, $0, columns.count, rows.lowerBound, rows.upperBound) }
      }
    }
    guard let pairs = table.compress else {
      compress = nil
      return
    }
    compress = { digests, left, right, rows in
      digests.write(as: UInt32.self) { out in
        left.read(as: UInt32.self) { left in
          right.read(as: UInt32.self) { pairs(out, left, $0, rows.lowerBound, rows.upperBound) }
        }
      }
    }
  }
}

extension Poseidon2Kernels<Goldilocks> {
  /// - Precondition: the machine runs the table's instruction set, so that there is a table.
  init(_ table: UnsafePointer<apus_poseidon2_goldilocks_kernels>?) {
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    permute = { states, rows in
      states.write(as: UInt64.self) { table.permute($0, rows.lowerBound, rows.upperBound) }
    }
    hashRows = { digests, columns, rows in
      digests.write(as: UInt64.self) { out in
        columns.read(as: UInt64.self) { table.hash_rows(out, $0, columns.count, rows.lowerBound, rows.upperBound) }
      }
    }
    guard let pairs = table.compress else {
      compress = nil
      return
    }
    compress = { digests, left, right, rows in
      digests.write(as: UInt64.self) { out in
        left.read(as: UInt64.self) { left in
          right.read(as: UInt64.self) { pairs(out, left, $0, rows.lowerBound, rows.upperBound) }
        }
      }
    }
  }
}
