// The kernels that work on columns of an extension: one face for the C tables of all extensions.

package import CApusKernels

/// An extension whose columns the engine works on.
///
/// A column of the extension is `degree` columns of the base field, the constants first.
public protocol ChallengeField: ExtensionField where Base: ColumnField {
  static func extensionKernels(for instructionSet: InstructionSet) -> ExtensionKernels<Self>
  /// What runs constraint programs over the base field and weighs their assertions with elements of the extension.
  static func evaluator(for instructionSet: InstructionSet) -> ConstraintEvaluator
}

/// Kernels over columns of an extension, in the words of `apus_extension.h`, where each has its contract.
public struct ExtensionKernels<Element: ChallengeField>: Sendable {
  package typealias Base = Element.Base
  package typealias Output = UnsafeMutablePointer<Base>
  package typealias Input = UnsafePointer<Base>
  package typealias Outputs = UnsafePointer<UnsafeMutablePointer<Base>?>
  package typealias Inputs = UnsafePointer<UnsafePointer<Base>?>

  package let combine:
    @Sendable (
      _ out: Outputs, _ columns: Inputs, _ coefficients: Input, _ count: Int, _ offset: Int, _ rows: Int
    ) -> Void
  package let dot:
    @Sendable (
      _ sums: Output, _ weights: Inputs, _ columns: Inputs, _ count: Int, _ offset: Int, _ rows: Int
    ) -> Void
  package let multiply: @Sendable (_ out: Outputs, _ a: Inputs, _ b: Inputs, _ rows: Int) -> Void
  package let inverseOfDifference:
    @Sendable (_ out: Outputs, _ x: Input, _ z: Input, _ minimal: Input, _ scratch: Output, _ rows: Int) -> Void
  package let deep:
    @Sendable (
      _ out: Outputs, _ inverse: Inputs, _ terms: Inputs, _ coefficients: Input, _ count: Int, _ constant: Input,
      _ offset: Int, _ rows: Int
    ) -> Void
  package let fold:
    @Sendable (
      _ out: Outputs, _ from: Inputs, _ inverseX: Input, _ betas: Input, _ roots: Input, _ arityLog: Int,
      _ rowsOut: Int, _ rows: Range<Int>
    ) -> Void
}

/// Runs a constraint program over rows, as `apus_evaluate.h` says.
public struct ConstraintEvaluator: Sendable {
  package typealias Run =
    @convention(c) (
      _ out: UnsafePointer<UnsafeMutableRawPointer?>?, _ program: UnsafePointer<apus_program>?,
      _ scale: UnsafeRawPointer?, _ scratch: UnsafeMutableRawPointer?, _ begin: Int, _ end: Int
    ) -> Void

  package let run: Run

  fileprivate init(_ evaluate: Run?) {
    guard let evaluate else { preconditionFailure("this machine does not run the instruction set") }
    run = evaluate
  }
}

extension BabyBear5: ChallengeField {
  public static func extensionKernels(for instructionSet: InstructionSet) -> ExtensionKernels<BabyBear5> {
    ExtensionKernels(apus_babybear5_kernels_for(instructionSet.code))
  }
  public static func evaluator(for instructionSet: InstructionSet) -> ConstraintEvaluator {
    ConstraintEvaluator(apus_evaluate_kernels_for(instructionSet.code)?.pointee.babybear5)
  }
}

extension BabyBear4: ChallengeField {
  public static func extensionKernels(for instructionSet: InstructionSet) -> ExtensionKernels<BabyBear4> {
    ExtensionKernels(apus_babybear4_kernels_for(instructionSet.code))
  }
  public static func evaluator(for instructionSet: InstructionSet) -> ConstraintEvaluator {
    ConstraintEvaluator(apus_evaluate_kernels_for(instructionSet.code)?.pointee.babybear4)
  }
}

extension Goldilocks3: ChallengeField {
  public static func extensionKernels(for instructionSet: InstructionSet) -> ExtensionKernels<Goldilocks3> {
    ExtensionKernels(apus_goldilocks3_kernels_for(instructionSet.code))
  }
  public static func evaluator(for instructionSet: InstructionSet) -> ConstraintEvaluator {
    ConstraintEvaluator(apus_evaluate_kernels_for(instructionSet.code)?.pointee.goldilocks3)
  }
}

extension ExtensionKernels where Element.Base == BabyBear {
  fileprivate init(_ table: UnsafePointer<apus_babybear_extension_kernels>?) {
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    combine = { table.combine(words($0), words($1), words($2), $3, $4, $5) }
    dot = { table.dot(words($0), words($1), words($2), $3, $4, $5) }
    multiply = { table.mul(words($0), words($1), words($2), $3) }
    inverseOfDifference = {
      table.inverse_of_difference(words($0), words($1), words($2), words($3), words($4), $5)
    }
    deep = {
      table.deep(words($0), words($1), words($2), words($3), $4, words($5), $6, $7)
    }
    fold = {
      table.fold(
        words($0), words($1), words($2), words($3), words($4), UInt32($5), $6, $7.lowerBound, $7.upperBound)
    }
  }
}

extension ExtensionKernels where Element.Base == Goldilocks {
  fileprivate init(_ table: UnsafePointer<apus_goldilocks_extension_kernels>?) {
    guard let table = table?.pointee else { preconditionFailure("this machine does not run the instruction set") }
    combine = { table.combine(words($0), words($1), words($2), $3, $4, $5) }
    dot = { table.dot(words($0), words($1), words($2), $3, $4, $5) }
    multiply = { table.mul(words($0), words($1), words($2), $3) }
    inverseOfDifference = {
      table.inverse_of_difference(words($0), words($1), words($2), words($3), words($4), $5)
    }
    deep = {
      table.deep(words($0), words($1), words($2), words($3), $4, words($5), $6, $7)
    }
    fold = {
      table.fold(
        words($0), words($1), words($2), words($3), words($4), UInt32($5), $6, $7.lowerBound, $7.upperBound)
    }
  }
}

// Elements as the kernels see them: a `BabyBear` is its Montgomery word, a `Goldilocks` its canonical one.

private func words<Element: ColumnField, Word>(_ elements: UnsafeMutablePointer<Element>) -> UnsafeMutablePointer<Word>
{
  UnsafeMutableRawPointer(elements).assumingMemoryBound(to: Word.self)
}
private func words<Element: ColumnField, Word>(_ elements: UnsafePointer<Element>) -> UnsafePointer<Word> {
  UnsafeRawPointer(elements).assumingMemoryBound(to: Word.self)
}
private func words<Element: ColumnField, Word>(
  _ columns: UnsafePointer<UnsafeMutablePointer<Element>?>
) -> UnsafePointer<UnsafeMutablePointer<Word>?> {
  UnsafeRawPointer(columns).assumingMemoryBound(to: UnsafeMutablePointer<Word>?.self)
}
private func words<Element: ColumnField, Word>(
  _ columns: UnsafePointer<UnsafePointer<Element>?>
) -> UnsafePointer<UnsafePointer<Word>?> {
  UnsafeRawPointer(columns).assumingMemoryBound(to: UnsafePointer<Word>?.self)
}
