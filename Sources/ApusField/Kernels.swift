// The kernels that rooms above take from an engine.

package import CApusKernels
internal import CApusRuntime

extension Engine {
  /// For columns of so many rows.
  package func kernels<F: ColumnField>(_ field: F.Type, rows: Int) -> ColumnKernels<F> {
    F.columnKernels(for: instructionSet(for: .field, rows: rows))
  }
  /// For columns of so many rows.
  package func kernels<E: ChallengeField>(over field: E.Type, rows: Int) -> ExtensionKernels<E> {
    E.extensionKernels(for: instructionSet(for: .field, rows: rows))
  }

  /// For columns of zeros and ones of so many rows, of any field.
  package func bitKernels(rows: Int) -> apus_bits_kernels {
    guard let table = apus_bits_kernels_for(instructionSet(for: .field, rows: rows).code) else {
      preconditionFailure("an engine's instruction set is supported")
    }
    return table.pointee
  }

  /// BabyBear's own kernels, for columns of so many rows.
  package func babyBearKernels(rows: Int) -> apus_babybear_kernels {
    guard let table = apus_babybear_kernels_for(instructionSet(for: .field, rows: rows).code) else {
      preconditionFailure("an engine's instruction set is supported")
    }
    return table.pointee
  }
}

extension UnsafeMutablePointer<BabyBear> {
  /// The Montgomery words of a column.
  package var words: UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt32.self)
  }
}
extension UnsafePointer<BabyBear> {
  /// The Montgomery words of a column.
  package var words: UnsafePointer<UInt32> { UnsafeRawPointer(self).assumingMemoryBound(to: UInt32.self) }
}

extension Columns {
  /// Each column's first element.
  package var pointers: [UnsafeMutablePointer<Element>] {
    var pointers: [UnsafeMutablePointer<Element>] = []
    for column in 0..<count { pointers.append(pointer(column)) }
    return pointers
  }
}
