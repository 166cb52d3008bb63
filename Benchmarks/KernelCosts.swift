// What kernels cost at least: the one table behind the suites' bounds. Every constant is a count of the vector
// instructions of the best known sequence, and says how it was counted. Loads and stores run beside them, on ports of
// their own, and are not counted; shuffles that only bring words into place are not counted either. So a bound is
// never too high, and a kernel that beats its bound is a reason to count here again.
//
// How many instructions a nanosecond has is measured in each run, for each width of vectors.

import ApusBench
import ApusField

/// Vector instructions, and those among them that only the multipliers execute: `vpmuludq`, `vpmulld`.
struct VectorCost {
  var instructions: Double
  var products = 0.0

  init(_ instructions: Double, products: Double = 0) {
    self.instructions = instructions
    self.products = products
  }

  static func + (a: Self, b: Self) -> Self { Self(a.instructions + b.instructions, products: a.products + b.products) }
  static func * (count: Double, cost: Self) -> Self { Self(count * cost.instructions, products: count * cost.products) }
}

/// What arithmetic in one field costs on one instruction set, for one vector of results.
struct FieldCosts {
  /// Elements in one vector.
  let lanes: Double
  /// A sum or a difference, reduced.
  let add: VectorCost
  /// The sum with a constant, before a product that takes what is not reduced.
  let addConstant: VectorCost
  let product: VectorCost
  /// A product that takes what the one before it left and leaves it to the next; and the last of such a chain.
  let chained, lastOfChain: VectorCost
  /// A square in a chain.
  let square: VectorCost
  /// The product with a factor that is known beforehand.
  let fixedProduct: VectorCost
  /// The product with a power of two.
  let shift: VectorCost
  /// Taking one where an element is zero and giving zero there, in a batch inversion.
  let selection: VectorCost
  /// The part of a batch inversion's elements that vectors take; single words beside them take the others.
  var invertedInVectors = 1.0
  let twiddles: Twiddles

  /// How a transform multiplies by its roots of unity.
  enum Twiddles {
    /// One product in each butterfly, which costs so much in all.
    case products(butterfly: VectorCost)
    /// The roots of order 64 are powers of two: six levels at a time need shifts only, and products are made between.
    case shifts
  }
}

/// Sums of BabyBear products that are reduced once for many.
enum SumCosts {
  /// One more product in each lane: of even and of odd words, and two sums. What folding sums adds is not counted.
  static let term = VectorCost(4, products: 2)
  /// A sum as words: quotient digits and multiples of p, two each 4; difference, merge and correction 5.
  static let reduction = VectorCost(9, products: 4)
}

/// A field that the suites measure.
protocol MeasuredField: ColumnField {
  static var label: String { get }
  /// The modulus, for baselines that reduce by it.
  static var order: UInt64 { get }
  /// `nil` for the portable set, whose code the compiler makes as it likes.
  static func costs(on set: InstructionSet) -> FieldCosts?
}

extension BabyBear: MeasuredField {
  static var label: String { "BabyBear" }
  static var order: UInt64 { UInt64(modulus) }

  static func costs(on set: InstructionSet) -> FieldCosts? {
    // Bringing the high words of even and odd products into one vector: a masked shuffle, or a shuffle and a blend.
    let merge: Double
    let lanes: Double
    switch set {
    case .portable: return nil
    case .avx2: (lanes, merge) = (8, 2)
    case .avx512: (lanes, merge) = (16, 1)
    }
    return FieldCosts(
      lanes: lanes,
      // Add; subtract the modulus; minimum.
      add: VectorCost(3),
      // Signed words stand for what is one modulus too low.
      addConstant: VectorCost(1),
      // Montgomery: odd words of both factors 2; products, quotient digits, multiples of p, two each 6; differences 2;
      // merge; correction 2. 13 on AVX-512.
      product: VectorCost(12 + merge, products: 6),
      // In a chain, even and odd words stay apart in signed form: products 6, differences 2, high words moved down 2.
      // Only the last merges and corrects: odd words, once, 1; products 6, differences 2, merge, correction 2.
      chained: VectorCost(10, products: 6), lastOfChain: VectorCost(11 + merge, products: 6),
      square: VectorCost(10, products: 6),
      // Shoup: odd words 1; high words of the product with w' 2; merge; low words of two products 2; difference 1;
      // correction 2. 9 on AVX-512.
      fixedProduct: VectorCost(8 + merge, products: 4),
      // x / 2^k: low bits 1, high bits 1, their product with 2^-k = -15 * 2^(27 - k) 1, difference 3.
      shift: VectorCost(6, products: 1),
      // A comparison and a blend on the way, as many on the way back.
      selection: VectorCost(4),
      // Shoup's product 9, the other word's correction 2, and sums that stay below 2p 3. 14 on AVX-512.
      twiddles: .products(butterfly: VectorCost(13 + merge, products: 4)))
  }
}

extension Goldilocks: MeasuredField {
  static var label: String { "Goldilocks" }
  static var order: UInt64 { modulus }

  static func costs(on set: InstructionSet) -> FieldCosts? {
    let lanes, add, product, square, shift: Double
    switch set {
    case .portable: return nil
    // No unsigned comparison: signs are kept flipped, and a comparison, a shift and a difference correct a sum.
    case .avx2: (lanes, add, product, square, shift) = (4, 4, 29, 23, 8)
    // Sum, comparison, masked correction. The product of 128 bits 15, the square, whose mixed products are one, 10;
    // their reduction 9. Shifts: three parts, a difference of two of them, and a difference of 3.
    case .avx512: (lanes, add, product, square, shift) = (8, 3, 24, 19, 7)
    }
    return FieldCosts(
      lanes: lanes, add: VectorCost(add), addConstant: VectorCost(add),
      // Four products of halves, and one of the high word's half by 2^32 - 1.
      product: VectorCost(product, products: 5), chained: VectorCost(product, products: 5),
      lastOfChain: VectorCost(product, products: 5), square: VectorCost(square, products: 4),
      fixedProduct: VectorCost(product, products: 5),
      shift: VectorCost(shift), selection: VectorCost(4),
      // Four vectors and seven words at a time.
      invertedInVectors: set == .avx2 ? 16.0 / 23 : 1,
      twiddles: .shifts)
  }
}

extension FieldCosts {
  /// Montgomery's trick: three products for an element, two of them in running products, and zeros kept out.
  var inverse: VectorCost { invertedInVectors * (2 * chained + lastOfChain + selection) }

  /// The seventh power: two squares and two products.
  var power7: VectorCost { 2 * square + chained + lastOfChain }

  /// A transform of `2^log` elements.
  func transform(log: Int) -> VectorCost {
    let rows = Double(1 << log)
    let sums = rows / 2 / lanes * Double(log) * (2 * add)
    switch twiddles {
    case .products(let butterfly):
      // Butterflies whose factor is 1: all of one level, half of the next, and so on.
      let plain = rows - 1
      let others = max(0, rows / 2 * Double(log) - plain)
      return plain / lanes * (2 * add) + others / lanes * butterfly
    case .shifts:
      var cost = sums
      for start in stride(from: 0, to: log, by: 6) {
        // A product for each element between two groups of levels; where either place in its group is 0 it is by 1.
        if start > 0 { cost = cost + rows * 63 / 64 / lanes * product }
        for level in 0..<min(6, log - start) {
          cost = cost + rows / 2 / lanes * (1 - 1 / Double(1 << level)) * shift
        }
      }
      return cost
    }
  }

  /// A Poseidon2 permutation of as many states as a vector has lanes.
  func permutation(_ form: Poseidon2Form) -> VectorCost {
    let width = Double(form.width)
    let (boxes, partial) = (8 * width + Double(form.partialRounds), Double(form.partialRounds))
    // An external layer: eleven sums for each four lanes, then four sums over a quarter of the
    // lanes each, one of which is added to every lane; one layer before the eight rounds.
    let external = 9 * (width / 4 * 11 + 2 * width - 4)
    let inner =
      switch form.internalLayer {
      case .counted(let cost): cost
      case .diagonal(let sums, let shifts): (width - 1 + Double(sums)) * add + Double(shifts) * shift
      }
    return boxes * (addConstant + power7) + external * add + partial * inner
  }
}

/// A Poseidon2 permutation with x^7 and eight full rounds.
struct Poseidon2Form {
  let width, partialRounds: Int
  let internalLayer: InternalLayer

  enum InternalLayer {
    /// The sum of all lanes, and each lane by its number on the diagonal: with that sum, 2x + s takes two sums, 3x + s
    /// and 4x + s three, x / 2^k + s a shift and a sum.
    case diagonal(sums: Int, shifts: Int)
    /// Words that are not reduced, and pairs of lanes with opposite numbers as one: half their sum takes the number's
    /// square. The sum of all words: a sum for each, an average of upper halves for each, and 7 that reduce it; 7 for the
    /// first lane and the sum with it. A lane or pair: with 1 3, with other integers 6, with 2^-k 7 for small k or
    /// downwards, otherwise 5, the pair of 2^-27 10. Bringing pairs into this form and out of it is not counted.
    case counted(VectorCost)
  }

  static let babyBear16 = Self(
    width: 16, partialRounds: 13,
    internalLayer: .counted(VectorCost(20 + 7 + 7 + 64, products: 16)))
  static let babyBear24 = Self(
    width: 24, partialRounds: 21,
    internalLayer: .counted(VectorCost(29 + 7 + 7 + 84, products: 20)))
  static let goldilocks8 = Self(width: 8, partialRounds: 22, internalLayer: .diagonal(sums: 15, shifts: 2))
  static let goldilocks12 = Self(width: 12, partialRounds: 22, internalLayer: .diagonal(sums: 21, shifts: 5))
}

/// What hashing bytes costs, for one vector of messages.
struct HashCosts {
  /// Messages in one vector, and the vector's size.
  let lanes: Double
  let vectorBytes: Int
  /// One compression of BLAKE3: seven rounds of eight mixes, each of 6 sums, 4 exclusive ors, and rotations by 16, 12,
  /// 8 and 7; and eight exclusive ors at the end.
  let blake3: Double
  /// One compression of SHA-256: 64 rounds, 48 words of schedule, eight sums.
  let sha256: Double
  /// The same of a block that is known beforehand, as padding is: no schedule, no sums with the rounds' constants.
  let sha256Padding: Double
  /// One permutation of Keccak over half as many states, whose words are of 64 bits: 24 rounds.
  let keccak: Double
  /// One word for each message from Montgomery's form to bytes.
  let canonical: VectorCost

  /// - Parameter hasSHA: whether the set's SHA-256 takes the processor's own instructions for it.
  static func costs(on set: InstructionSet, hasSHA: Bool) -> HashCosts? {
    switch set {
    case .portable: nil
    case .avx2:
      // Rotations by 16 and 8 are shuffles, others two shifts and an or.
      // A round of SHA-256: choice 3, majority 3 of which one exclusive or is the next round's, two sums of three
      // rotations 11 each, 7 sums. A word: two such sums of which one part is a shift 9 each, 3 sums.
      // With the processor's instructions for SHA-256 nothing is counted but their number, for one message: 32 for the
      // rounds, 24 for the schedule, and 40 that move words and add. How fast the rounds are is not measured.
      HashCosts(
        lanes: 8, vectorBytes: 32, blake3: 56 * (6 + 4 + 2 * 1 + 2 * 3) + 8,
        sha256: hasSHA ? 8 * 96 : 64 * 35 + 48 * 21 + 8, sha256Padding: hasSHA ? 8 * 48 : 64 * 34 + 8,
        // Rotations are three instructions: parities 20, their sums by columns 20, sums with the state 25, rotations 72,
        // choices 50, the round's constant 1.
        keccak: 24 * 188,
        // Quotient digit 1, odd words 1, multiples of p 2, merge 2, correction 3.
        canonical: VectorCost(9, products: 3))
    case .avx512:
      // A rotation is one instruction, and so is any function of three words: a round of SHA-256 takes choice 1,
      // majority 1, two sums of three rotations 4 each, 7 sums; a word of schedule two such sums and 3 sums. A round of
      // Keccak: parities 10, rotated 5, sums with the state 25, rotations 24, choices 25, the round's constant 1.
      HashCosts(
        lanes: 16, vectorBytes: 64, blake3: 56 * (6 + 4 + 4) + 8, sha256: 64 * 17 + 48 * 11 + 8,
        sha256Padding: 64 * 16 + 8, keccak: 24 * 90, canonical: VectorCost(8, products: 3))
    }
  }

  /// BLAKE3 of messages of so many bytes: every block is compressed once, and every pair of subtrees.
  func blake3(bytes: Int) -> VectorCost {
    let (blocks, chunks) = (max(1, (bytes + 63) / 64), max(1, (bytes + 1023) / 1024))
    return VectorCost(Double(blocks + chunks - 1) * blake3)
  }

  /// SHA-256 of messages of so many bytes: where they fill their last block, the padding is a block alone.
  func sha256(bytes: Int) -> VectorCost {
    let blocks = Double((bytes + 8) / 64 + 1)
    return VectorCost(bytes % 64 == 0 ? (blocks - 1) * sha256 + sha256Padding : blocks * sha256)
  }

  /// Keccak-256 of messages of so many bytes: a block is 136 bytes, padding is at least one.
  func keccak256(bytes: Int) -> VectorCost { VectorCost(2 * Double(bytes / 136 + 1) * keccak) }
}

extension Work {
  /// - Parameters:
  ///   - bytes: that must be read and written, each once.
  ///   - cost: of all vectors together; `nil` where nothing was counted.
  init(
    elements: Int, butterflies: Int = 0, bytes: Int = 0, workingSet: Int = 0, cost: VectorCost?, vectorBytes: Int
  ) {
    let cost = cost ?? VectorCost(0)
    self.init(
      elements: elements, butterflies: butterflies, bytes: bytes, workingSet: workingSet,
      instructions: Int(cost.instructions), products: Int(cost.products) * vectorBytes / 8,
      vectorBytes: cost.instructions > 0 ? vectorBytes : 0)
  }
}
