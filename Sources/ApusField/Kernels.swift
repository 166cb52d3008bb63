// The kernel tables that rooms above take from an engine.

package import CApusKernels

extension Engine {
  package var babyBearKernels: apus_babybear_kernels {
    guard let table = apus_babybear_kernels_for(instructionSet.code) else {
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

extension Columns where Element == BabyBear {
  /// The Montgomery words of each column.
  var wordPointers: [UnsafeMutablePointer<UInt32>] {
    var pointers: [UnsafeMutablePointer<UInt32>] = []
    for column in 0..<count { pointers.append(pointer(column).words) }
    return pointers
  }
}
