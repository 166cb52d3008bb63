// The kernels that work on whole columns of a field: one face for the C tables of both fields.

internal import CApusKernels

/// A field whose columns the engine works on.
public protocol ColumnField: TwoAdicField {
  /// The element-wise kernels that an instruction set has for columns of this field.
  static func columnKernels(for instructionSet: InstructionSet) -> ColumnKernels<Self>
}

/// Element-wise kernels over `count` contiguous elements. An output may be an input, but not overlap it otherwise.
public struct ColumnKernels<Element: ColumnField>: Sendable {
  package typealias Output = UnsafeMutablePointer<Element>
  package typealias Input = UnsafePointer<Element>

  package typealias Binary = @Sendable (_ out: Output, _ a: Input, _ b: Input, _ count: Int) -> Void

  package let add: Binary
  package let subtract: Binary
  package let multiply: Binary
  package let scale: @Sendable (_ out: Output, _ a: Input, _ factor: Element, _ count: Int) -> Void
  package let multiplyAdd: @Sendable (_ out: Output, _ a: Input, _ b: Input, _ c: Input, _ count: Int) -> Void
  /// The inverse of zero is zero. `scratch` holds `count` elements and overlaps neither.
  package let invert: @Sendable (_ out: Output, _ a: Input, _ scratch: Output, _ count: Int) -> Void
  package let powers: @Sendable (_ out: Output, _ first: Element, _ ratio: Element, _ count: Int) -> Void
}

extension BabyBear: ColumnField {
  public static func columnKernels(for instructionSet: InstructionSet) -> ColumnKernels<BabyBear> {
    guard let table = apus_babybear_kernels_for(instructionSet.code)?.pointee else {
      preconditionFailure("this machine does not run \(instructionSet)")
    }
    return ColumnKernels(
      add: { table.add(words($0), words($1), words($2), $3) },
      subtract: { table.sub(words($0), words($1), words($2), $3) },
      multiply: { table.mul(words($0), words($1), words($2), $3) },
      scale: { table.scale(words($0), words($1), $2.montgomery, $3) },
      multiplyAdd: { table.mul_add(words($0), words($1), words($2), words($3), $4) },
      invert: { table.batch_inverse(words($0), words($1), words($2), $3) },
      powers: { table.powers(words($0), $1.montgomery, $2.montgomery, $3) })
  }

  /// A column's memory as the kernels see it: a `BabyBear` is its Montgomery word.
  private static func words(_ elements: UnsafeMutablePointer<BabyBear>) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt32.self)
  }
  private static func words(_ elements: UnsafePointer<BabyBear>) -> UnsafePointer<UInt32> {
    UnsafeRawPointer(elements).assumingMemoryBound(to: UInt32.self)
  }
}

extension Goldilocks: ColumnField {
  public static func columnKernels(for instructionSet: InstructionSet) -> ColumnKernels<Goldilocks> {
    guard let table = apus_goldilocks_kernels_for(instructionSet.code)?.pointee else {
      preconditionFailure("this machine does not run \(instructionSet)")
    }
    return ColumnKernels(
      add: { table.add(words($0), words($1), words($2), $3) },
      subtract: { table.sub(words($0), words($1), words($2), $3) },
      multiply: { table.mul(words($0), words($1), words($2), $3) },
      scale: { table.scale(words($0), words($1), $2.value, $3) },
      multiplyAdd: { table.mul_add(words($0), words($1), words($2), words($3), $4) },
      invert: { table.batch_inverse(words($0), words($1), words($2), $3) },
      powers: { table.powers(words($0), $1.value, $2.value, $3) })
  }

  /// A column's memory as the kernels see it: a `Goldilocks` is its canonical word.
  private static func words(_ elements: UnsafeMutablePointer<Goldilocks>) -> UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt64.self)
  }
  private static func words(_ elements: UnsafePointer<Goldilocks>) -> UnsafePointer<UInt64> {
    UnsafeRawPointer(elements).assumingMemoryBound(to: UInt64.self)
  }
}
