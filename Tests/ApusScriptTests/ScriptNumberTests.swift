// Script numbers: every encoding of few bytes, their bounds, and which encodings are minimal.

import ApusScript
import Testing

@Suite struct ScriptNumberTests {
  @Test(arguments: [
    (0, ""), (1, "01"), (-1, "81"), (127, "7f"), (-127, "ff"), (128, "8000"), (-128, "8080"), (255, "ff00"),
    (256, "0001"), (-256, "0081"), (32767, "ff7f"), (32768, "008000"), (2_147_483_647, "ffffff7f"),
    (-2_147_483_647, "ffffffff"),
  ])
  func numbersHaveTheirBytes(value: Int, encoding: String) throws {
    #expect(hex(try #require(ScriptNumber(value)).bytes) == encoding)
    #expect(try ScriptNumber(bytes(encoding), minimal: true).value == value)
  }

  @Test func boundsAreTheTypes() throws {
    #expect(ScriptNumber(1 << 31) == nil)
    #expect(ScriptNumber(-1 << 31) == nil)
    #expect(ScriptNumber(.min) == nil)
    #expect(LockTimeNumber((1 << 39) - 1)?.bytes.count == 5)
    #expect(LockTimeNumber(1 << 39) == nil)
    // The sum of the largest operands is a number of five bytes: a result, and no operand any more.
    let sum = NumberCoding.encode(2 * 2_147_483_647)
    #expect(throws: ScriptRule.scriptNumber) { try ScriptNumber(sum, minimal: false) }
    #expect(try LockTimeNumber(sum, minimal: true).value == 2 * 2_147_483_647)
    #expect(throws: ScriptRule.scriptNumber) { try LockTimeNumber([0, 0, 0, 0, 0, 1], minimal: false) }
  }

  /// All encodings of up to two bytes, by their definition: they are minimal exactly if they are what the number encodes
  /// to.
  @Test func minimalIsWhatEncodingGives() throws {
    let twoBytes = (0...255).flatMap { high in (0...255).map { [UInt8($0), UInt8(high)] } }
    for encoding in [[]] + (UInt8.min...255).map({ [$0] }) + twoBytes {
      let magnitude = encoding.enumerated().reduce(0) { sum, byte in
        sum | Int(byte.offset == encoding.count - 1 ? byte.element & 0x7f : byte.element) << (8 * byte.offset)
      }
      let value = (encoding.last ?? 0) & 0x80 == 0 ? magnitude : -magnitude
      #expect(try ScriptNumber(encoding, minimal: false).value == value)
      let isMinimal = NumberCoding.encode(value) == encoding
      #expect((try? ScriptNumber(encoding, minimal: true).value) == (isMinimal ? value : nil))
    }
  }
}
