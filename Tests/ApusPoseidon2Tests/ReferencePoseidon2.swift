// Poseidon2 from its definition, independent of every line under test: constants out of the Grain LFSR, products with
// whole matrices, 128-bit products divided by the modulus.

struct ReferencePoseidon2: Sendable {
  let modulus: UInt64
  let width: Int
  let externalMatrix, internalMatrix: [[UInt64]]
  /// One row for each of the eight full rounds.
  let externalConstants: [[UInt64]]
  let internalConstants: [UInt64]

  /// - Parameters:
  ///   - diagonal: what the internal matrix has on its diagonal above the ones it has everywhere, as the fractions
  ///     `numerator / 2^halvings`.
  init(modulus: UInt64, partialRounds: Int, diagonal: [(numerator: Int, halvings: Int)]) {
    self.modulus = modulus
    let width = diagonal.count
    self.width = width
    var grain = GrainLFSR(modulus: modulus, width: width, fullRounds: 8, partialRounds: partialRounds)
    let before = (0..<4).map { _ in (0..<width).map { _ in grain.element() } }
    internalConstants = (0..<partialRounds).map { _ in grain.element() }
    externalConstants = before + (0..<4).map { _ in (0..<width).map { _ in grain.element() } }

    let four: [[UInt64]] = [[2, 3, 1, 1], [1, 2, 3, 1], [1, 1, 2, 3], [3, 1, 1, 2]]
    externalMatrix = (0..<width).map { row in
      (0..<width).map { column in (row / 4 == column / 4 ? 2 : 1) * four[row % 4][column % 4] }
    }
    let half = modulus / 2 + 1
    let fractions = diagonal.map { fraction in
      let numerator = fraction.numerator < 0 ? modulus - UInt64(-fraction.numerator) : UInt64(fraction.numerator)
      return (0..<fraction.halvings).reduce(numerator) { x, _ in Self.product(x, half, modulus) }
    }
    internalMatrix = (0..<width).map { row in
      (0..<width).map { column in row == column ? Self.sum(fractions[row], 1, modulus) : 1 }
    }
  }

  func permuted(_ input: [UInt64]) -> [UInt64] {
    var state = applied(externalMatrix, to: input)
    for constants in externalConstants.prefix(4) { fullRound(&state, constants) }
    for constant in internalConstants {
      state[0] = seventhPower(Self.sum(state[0], constant, modulus))
      state = applied(internalMatrix, to: state)
    }
    for constants in externalConstants.suffix(4) { fullRound(&state, constants) }
    return state
  }

  /// The padding-free sponge, one element after the other.
  func digest(of input: [UInt64], rate: Int, count: Int) -> [UInt64] {
    var state = [UInt64](repeating: 0, count: width)
    for (i, element) in input.enumerated() {
      state[i % rate] = element
      if i % rate == rate - 1 || i == input.count - 1 { state = permuted(state) }
    }
    return Array(state[..<count])
  }

  private func fullRound(_ state: inout [UInt64], _ constants: [UInt64]) {
    for i in 0..<width { state[i] = seventhPower(Self.sum(state[i], constants[i], modulus)) }
    state = applied(externalMatrix, to: state)
  }

  private func applied(_ matrix: [[UInt64]], to state: [UInt64]) -> [UInt64] {
    var result = state
    for row in 0..<width {
      var entry: UInt64 = 0
      for column in 0..<width {
        entry = Self.sum(entry, Self.product(matrix[row][column], state[column], modulus), modulus)
      }
      result[row] = entry
    }
    return result
  }

  private func seventhPower(_ x: UInt64) -> UInt64 { (1..<7).reduce(x) { y, _ in Self.product(y, x, modulus) } }

  private static func product(_ a: UInt64, _ b: UInt64, _ p: UInt64) -> UInt64 {
    p.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder
  }
  private static func sum(_ a: UInt64, _ b: UInt64, _ p: UInt64) -> UInt64 {
    let (low, overflow) = a.addingReportingOverflow(b)
    return p.dividingFullWidth((overflow ? 1 : 0, low)).remainder
  }
}

/// The LFSR of Grain in the self-shrinking mode in which the papers of Poseidon and Poseidon2 draw constants from it.
struct GrainLFSR {
  private var bits: [Bool] = []
  private let modulus: UInt64

  init(modulus: UInt64, width: Int, fullRounds: Int, partialRounds: Int) {
    self.modulus = modulus
    append(1, bits: 2)  // a prime field
    append(0, bits: 4)  // an S-box that is a power
    append(64 - modulus.leadingZeroBitCount, bits: 12)
    append(width, bits: 12)
    append(fullRounds, bits: 10)
    append(partialRounds, bits: 10)
    append(1 << 30 - 1, bits: 30)
    for _ in 0..<160 { _ = step() }
  }

  /// The next candidate below the modulus, highest bit first.
  mutating func element() -> UInt64 {
    while true {
      let candidate = (0..<64 - modulus.leadingZeroBitCount).reduce(UInt64(0)) { x, _ in x << 1 | (bit() ? 1 : 0) }
      if candidate < modulus { return candidate }
    }
  }

  /// Of each pair of steps, the second, if the first is one.
  private mutating func bit() -> Bool {
    while !step() { _ = step() }
    return step()
  }

  private mutating func step() -> Bool {
    let new = [62, 51, 38, 23, 13, 0].reduce(false) { $0 != bits[$1] }
    bits.removeFirst()
    bits.append(new)
    return new
  }

  private mutating func append(_ value: Int, bits count: Int) {
    for i in (0..<count).reversed() { bits.append(value >> i & 1 == 1) }
  }
}
