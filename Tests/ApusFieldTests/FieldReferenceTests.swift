// Constants and arithmetic of another implementation (Plonky3), read from the reference data.

import ApusField
import ApusTestSupport
import Testing

@Suite(.enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct FieldReferenceTests {
  @Test func baseFieldsAgree() throws {
    let file = try ReferenceData.decode(FieldsFile.self, from: "vectors/field/fields.json")
    check(file.babybear, BabyBear.self)
    check(file.goldilocks, Goldilocks.self)
  }

  private func check<F: TestedBase>(_ reference: FieldsFile.Base, _: F.Type) {
    #expect(reference.modulus == F.oracle.modulus)
    #expect(reference.multiplicative_generator == F.generator.word)
    #expect(reference.two_adicity == F.twoAdicity)
    #expect(reference.two_adic_generators == (0...F.twoAdicity).map { F.rootOfUnity(log: $0).word })
    #expect(!reference.ops.isEmpty)
    for op in reference.ops {
      let (a, b) = (F(op.a), F(op.b))
      #expect((a + b).word == op.add, "\(F.self): \(a) + \(b)")
      #expect((a - b).word == op.sub, "\(F.self): \(a) - \(b)")
      #expect((a * b).word == op.mul, "\(F.self): \(a) * \(b)")
      #expect((-a).word == op.neg_a, "\(F.self): -\(a)")
      #expect(a.squared.word == op.square_a, "\(F.self): \(a)^2")
      #expect(a.power(1_000_003).word == op.exp_a_1000003, "\(F.self): \(a)^1000003")
      #expect(a.inverse?.word == op.inv_a, "\(F.self): 1 / \(a)")
    }
  }

  @Test func extensionsAgree() throws {
    let file = try ReferenceData.decode(ExtensionsFile.self, from: "vectors/field/extension.json")
    check(file.babybear_ext4, BabyBear4.self)
    check(file.goldilocks_ext2, Goldilocks2.self)
  }

  private func check<F: TestedField>(_ reference: ExtensionsFile.Extension, _: F.Type) {
    #expect(reference.degree == F.oracle.degree && reference.w == F.oracle.constant)
    #expect(!reference.ops.isEmpty)
    for op in reference.ops {
      let (a, b) = (F(words: op.a), F(words: op.b))
      #expect((a + b).words == op.add, "\(F.self): \(a) + \(b)")
      #expect((a - b).words == op.sub, "\(F.self): \(a) - \(b)")
      #expect((a * b).words == op.mul, "\(F.self): \(a) * \(b)")
      #expect(a.squared.words == op.square_a, "\(F.self): \(a)^2")
      #expect(a.power(1_000_003).words == op.exp_a_1000003, "\(F.self): \(a)^1000003")
      #expect(a.inverse?.words == op.inv_a, "\(F.self): 1 / \(a)")
    }
  }
}

// The files' keys, as they spell them.

private struct FieldsFile: Decodable {
  let babybear, goldilocks: Base
  struct Base: Decodable {
    let modulus, multiplicative_generator: UInt64
    let two_adicity: Int
    let two_adic_generators: [UInt64]
    let ops: [Operation]
  }
  struct Operation: Decodable {
    let a, b, add, sub, mul, neg_a, square_a, exp_a_1000003: UInt64
    let inv_a: UInt64?
  }
}

private struct ExtensionsFile: Decodable {
  let babybear_ext4, goldilocks_ext2: Extension
  struct Extension: Decodable {
    let degree: Int
    let w: UInt64
    let ops: [Operation]
  }
  struct Operation: Decodable {
    let a, b, add, sub, mul, square_a, exp_a_1000003: [UInt64]
    let inv_a: [UInt64]?
  }
}
