// How values are read from arguments. What cannot be read is reported by the parser, with what would be allowed.
// Imports are public because the parser's protocol and these types are: a conformance between them is.

public import ApusField
import ApusMerkle
public import ApusSTARK
import ApusStatements
public import ArgumentParser

extension SecurityPreset: ExpressibleByArgument {
  public init?(argument: String) {
    guard let preset = Self.named(argument) else { return nil }
    self = preset
  }
  public static var allValueStrings: [String] { all.map(\.name) }
}

/// A hash by its name. The parser would show an enumeration's raw values, which here are bytes in proofs.
struct HashArgument: ExpressibleByArgument {
  let hash: MerkleHash

  init(_ hash: MerkleHash) { self.hash = hash }
  init?(argument: String) {
    guard let hash = MerkleHash.named(argument) else { return nil }
    self.hash = hash
  }
  static var allValueStrings: [String] { MerkleHash.allCases.map(\.name) }
  var defaultValueDescription: String { hash.name }
}

extension InstructionSet: ExpressibleByArgument {}

/// A field that statements can be proven over.
enum FieldArgument: String, CaseIterable, ExpressibleByArgument {
  case babybear, goldilocks
}

/// A gap that `apus verify` is told not to accept.
enum Requirement: String, CaseIterable, ExpressibleByArgument {
  case anchored, retarget, times
}

/// `TIME,TIME,…`
func parseTimes(_ text: String) throws -> [UInt32] {
  do { return try MedianWindow.times(text) } catch { throw ValidationError(error.description) }
}

/// `HASH` or `HASH:HEIGHT`.
func parseAnchor(_ text: String) throws -> Anchor {
  do { return try Anchor(text) } catch { throw ValidationError(error.description) }
}

/// A decimal number, or `0x` and hexadecimal digits, of at most 256 bits.
func parseWork(_ text: String) throws -> UInt256 {
  let work = text.hasPrefix("0x") ? UInt256(hex: text.dropFirst(2)) : UInt256(decimal: text)
  guard let work else {
    throw ValidationError(
      "work is a decimal number, or 0x and hexadecimal digits, below 2^256; not \(quoted(text.utf8))")
  }
  return work
}
