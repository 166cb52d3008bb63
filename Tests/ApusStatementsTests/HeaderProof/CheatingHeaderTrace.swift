// A slow second generator of header traces, straight from SHA-256's definition, that can break any one rule and obey all
// others: whatever depends on the broken rule is computed anew, as a cheating prover would.

import ApusField
import ApusSTARK
import ApusStatements

struct CheatingHeaderTrace {
  let rows: Int
  /// Column by column.
  var cells: [[BabyBear]]
  /// The claim that fits the trace best.
  var statement: ForgedHeaderStatement

  private let count: Int
  private let lies: Lies
  private let target: [UInt32]
  private let timesBefore: [UInt32]
  /// Whether a carry that is no small number is taken from the field rather than left wrong.
  private let takesCarriesFromField: Bool
  private var register: [UInt32]
  private var header = 0
  private var row = 0
  /// Rows for which the register is settled: those before `row`, and that one once something reads it.
  private var heldRows = 0
  private var hasSums: [Bool]

  /// The trace of `headers`, each linked to what the register holds, as a cheater's miner would.
  ///
  /// - Parameters:
  ///   - claim: gives the count, PREV, nBits and times; LAST is whatever the trace ends with.
  ///   - target: another than the claim's; one that all hashes meet keeps an attack from also failing for lack of work.
  init(
    of headers: [BlockHeader], claim: HeaderClaim, target: UInt256? = nil, takesCarriesFromField: Bool = false,
    lies: Lies = [:]
  ) {
    let honest = HeaderStatement(claim)
    statement = ForgedHeaderStatement(like: honest)
    if let bytes = target?.littleEndianBytes {
      for (limb, index) in PublicNumbers.target.enumerated() {
        statement.publicValues[index] = BabyBear(UInt32(bytes[2 * limb]) | UInt32(bytes[2 * limb + 1]) << 8)
      }
    }
    rows = honest.rows
    count = claim.count
    self.lies = lies
    self.takesCarriesFromField = takesCarriesFromField
    self.target = statement.publicValues[PublicNumbers.target].map(\.value)
    register = statement.publicValues[PublicNumbers.previous].map(\.value)
    timesBefore = claim.timesBefore.times
    cells = Array(repeating: Array(repeating: .zero, count: rows), count: TraceColumns.count)
    hasSums = Array(repeating: false, count: rows)
    for number in 0..<rows / 256 {
      header = number
      hash(number < count ? headers[number].bytes : Array(repeating: 0, count: 80))
      compare()
      compareTimes()
      while row < 256 * (number + 1) { append(a: 0, e: 0) }
    }
    // The row before the first is the last.
    for row in 0..<73 {
      for half in 0..<2 { cells[TraceColumns.time + half][row] = time(half, row - 1) }
    }
    for row in 0..<15 { solveSumW(row) }
    solveSums(hasSums.indices.filter { !hasSums[$0] })
    takeLast()
  }

  /// Claims as LAST what the register holds on the last header's last row.
  mutating func takeLast() {
    for (limb, index) in PublicNumbers.last.enumerated() {
      statement.publicValues[index] = cells[TraceColumns.register + limb][256 * count - 1]
    }
  }

  /// Claims as last times what the header after the last one meets.
  mutating func takeLastTimes() {
    for (limb, index) in PublicNumbers.lastTimes.enumerated() {
      statement.publicValues[index] = cells[TraceColumns.time + limb % 2][256 * count + 228 + limb / 2 * 2]
    }
  }

  // MARK: Results

  func columns(on engine: Engine = .default) -> Columns<BabyBear> {
    var columns = Columns<BabyBear>(rows: rows, count: cells.count, on: engine)
    for (column, values) in cells.enumerated() {
      columns.withMutableColumn(column) { span in for row in values.indices { span[row] = values[row] } }
    }
    return columns
  }

  /// The names of the constraints that fail somewhere.
  var failures: Set<String> { Set(RowChecker(statement).violationCounts(in: columns()).keys) }

  // MARK: Rules

  private func told(_ value: RuledValue, _ block: Int, _ step: Int, _ honest: UInt32) -> UInt32 {
    lies[LieSite(value: value, header: header, block: block, step: step)]?(honest) ?? honest
  }

  private mutating func hash(_ bytes: [UInt8]) {
    var words: [UInt32?] = stride(from: 0, to: 80, by: 4).map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let fromRegister = [UInt32?](repeating: nil, count: 8)
    if header < count { words.replaceSubrange(1..<9, with: fromRegister) }
    let zeros = [UInt32?](repeating: 0, count: 10)
    var state = initialState(block: 0)
    state = compress(state, Array(words[..<16]), block: 0)
    _ = compress(state, Array(words[16...]) + [1 << 31] + zeros + [640], block: 1)
    state = initialState(block: 2)
    _ = compress(state, fromRegister + [1 << 31] + zeros.prefix(6) + [256], block: 2)
  }

  /// Four rows: d, c, b, a beside h, g, f, e.
  private mutating func initialState(block: Int) -> [UInt32] {
    let state = SHA256Definition.initialState.enumerated().map { told(.initialState($0.offset), block, 0, $0.element) }
    for word in (0..<4).reversed() { append(a: state[word], e: state[word + 4]) }
    return state
  }

  /// - Parameter message: `nil` for the words that are the register's, as it stands when they are hashed.
  private mutating func compress(_ start: [UInt32], _ message: [UInt32?], block: Int) -> [UInt32] {
    typealias SHA = SHA256Definition
    let firstFromRegister = message.firstIndex(of: nil) ?? 0
    var state = start
    var words: [UInt32] = []
    for step in 0..<64 {
      holdRegister()
      var expansion: [UInt32] = []
      if step >= 16 {
        expansion = [
          told(.smallSigma0, block, step, SHA.smallSigma0(words[step - 15])),
          told(.smallSigma1, block, step, SHA.smallSigma1(words[step - 2])), words[step - 7], words[step - 16],
        ]
      }
      let honest =
        step < 16 ? message[step] ?? registerWord(step - firstFromRegister) : expansion.reduce(0, &+)
      words.append(told(.word, block, step, honest))
      let (a, b, c, d, e, f, g, h) = (
        state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]
      )
      let (sigmaE, choose) = (
        told(.bigSigma1, block, step, SHA.bigSigma1(e)), told(.choose, block, step, SHA.choose(e, f, g))
      )
      let (sigmaA, majority) = (
        told(.bigSigma0, block, step, SHA.bigSigma0(a)), told(.majority, block, step, SHA.majority(a, b, c))
      )
      let temporary = [h, sigmaE, choose, told(.constant, block, step, SHA.constants[step]), words[step]]
      let newE = told(.newE, block, step, ([d] + temporary).reduce(0, &+))
      let newA = told(.newA, block, step, (temporary + [sigmaA, majority]).reduce(0, &+))

      putSum(TraceColumns.sumA, sigmaA, majority)
      putSum(TraceColumns.sumE, sigmaE, choose)
      if step >= 16 {
        putSum(TraceColumns.sumW, expansion[0], expansion[1])
        putCarries(TraceColumns.carryW, bits: 2, of: expansion, giving: words[step])
      } else {
        solveSumW(row)
      }
      hasSums[row] = true
      putCarries(TraceColumns.carryE, bits: 3, of: [d] + temporary, giving: newE)
      putCarries(TraceColumns.carryA, bits: 3, of: temporary + [sigmaA, majority], giving: newA)
      append(a: newA, e: newE, w: words[step])
      state = [newA, a, b, c, newE, e, f, g]
    }

    let end = (0..<8).map { told(.feedForward($0), block, 0, start[$0] &+ state[$0]) }
    for word in (0..<4).reversed() {
      putCarries(TraceColumns.carryA, bits: 1, of: [start[word], state[word]], giving: end[word])
      putCarries(TraceColumns.carryE, bits: 1, of: [start[word + 4], state[word + 4]], giving: end[word + 4])
      if word == 0, block > 0 { register = end.flatMap { [$0 >> 16, $0 & 0xffff] } }
      append(a: end[word], e: end[word + 4])
    }
    return end
  }

  /// target - hash as little-endian numbers, from their lowest 16 bits.
  private mutating func compare() {
    for step in 0..<16 {
      holdRegister()
      let limb = told(.comparedLimb, 0, step, register[step])
      let borrow = told(.borrow, 0, step, cells[TraceColumns.borrow][row].value)
      cells[TraceColumns.borrow][row] = BabyBear(borrow)
      let difference = Int(target[step]) - Int(limb >> 8 | limb << 8 & 0xff00) - Int(borrow)
      cells[TraceColumns.borrow][row + 1] = difference < 0 ? .one : .zero
      append(a: told(.difference, 0, step, UInt32(difference & 0xffff)), e: limb)
    }
    let final = told(.borrow, 0, 16, cells[TraceColumns.borrow][row].value)
    cells[TraceColumns.borrow][row] = BabyBear(final)
  }

  /// time - 1 - earlier time for the 11 before, the latest first, and how many are negative.
  private mutating func compareTimes() {
    var compared = time(0, row - 1).value | time(1, row - 1).value << 16
    var notAfter: UInt32 = 2
    for step in 0..<11 {
      putTime(word: 0)
      compared = told(.comparedTime, 0, step, compared)
      var (borrow, borrows, differences): (UInt32, UInt32, UInt32) = (1, 0, 0)
      for half in 0..<2 {
        let limb = compared >> UInt32(16 * half) & 0xffff
        let difference = Int(limb) - Int(time(half, row).value) - Int(borrow)
        borrow = told(.timeBorrow(half), 0, step, difference < 0 ? 1 : 0)
        borrows |= borrow << UInt32(half)
        differences |= told(.timeDifference(half), 0, step, UInt32(difference & 0xffff)) << UInt32(16 * half)
      }
      notAfter = told(.timesNotAfter, 0, step, notAfter + borrow)
      append(a: differences, e: compared, w: notAfter | borrows << 4)
      append(a: 0, e: 0)
    }
  }

  // MARK: Cells

  /// The row's time: a header's own is held until its comparisons, which meet the earlier ones.
  private mutating func putTime(word: UInt32) {
    for half in 0..<2 {
      let shift = UInt32(16 * half)
      let honest =
        switch row % 256 {
        case 73: word.byteSwapped >> shift & 0xffff
        case 228..<250 where row % 2 == 1: time(half, row - 1).value
        case 228..<250 where header == 0: timesBefore.reversed()[(row - 228) / 2] >> shift & 0xffff
        case 228..<250: header <= count ? time(half, row - 258).value : 0
        default: time(half, row - 1).value
        }
      cells[TraceColumns.time + half][row] = BabyBear(told(.time(half), 0, row % 256, honest))
    }
  }
  private func time(_ half: Int, _ row: Int) -> BabyBear { cells[TraceColumns.time + half][(row + rows) % rows] }

  private mutating func append(a: UInt32, e: UInt32, w: UInt32 = 0) {
    holdRegister()
    putTime(word: w)
    for bit in 0..<32 {
      for (column, word) in [(TraceColumns.a, a), (TraceColumns.e, e), (TraceColumns.w, w)] {
        cells[column + bit][row] = BabyBear(word >> UInt32(bit) & 1)
      }
    }
    for limb in 0..<16 {
      cells[TraceColumns.register + limb][row] = BabyBear(register[limb])
    }
    cells[TraceColumns.active][row] = header < count ? .one : .zero
    row += 1
  }

  /// Brings the register to the row at hand, once.
  private mutating func holdRegister() {
    guard heldRows == row else { return }
    heldRows += 1
    for limb in 0..<16 { register[limb] = told(.register(limb), 0, row % 256, register[limb]) }
  }
  private func registerWord(_ index: Int) -> UInt32 { register[2 * index] << 16 | register[2 * index + 1] & 0xffff }

  private static let inverseOfLimbValue = BabyBear(UInt32(1 << 16)).inverse!
  private func limb(_ word: UInt32, _ half: Int) -> BabyBear { BabyBear(half == 0 ? word & 0xffff : word >> 16) }

  private mutating func putSum(_ column: Int, _ x: UInt32, _ y: UInt32) {
    for half in 0..<2 { cells[column + half][row] = limb(x, half) + limb(y, half) }
  }

  /// The carries with which the summands' halves add up to the word's.
  private mutating func putCarries(_ column: Int, bits: Int, of summands: [UInt32], giving word: UInt32) {
    let columnsPerHalf = column == TraceColumns.carryW ? 2 : 3
    var carry = BabyBear.zero
    for half in 0..<2 {
      let sum = summands.reduce(carry) { $0 + limb($1, half) }
      carry = (sum - limb(word, half)) * Self.inverseOfLimbValue
      if carry.value < 1 << UInt32(bits) || !takesCarriesFromField {
        if carry.value >= 1 << UInt32(bits) { carry = BabyBear(sum.value >> 16 & ((1 << UInt32(bits)) - 1)) }
        for bit in 0..<bits {
          cells[column + columnsPerHalf * half + bit][row] = BabyBear(carry.value >> UInt32(bit) & 1)
        }
      } else {
        cells[column + columnsPerHalf * half][row] = carry
      }
    }
  }

  // MARK: Sums of bit functions, over the field

  /// Recomputes the sums on these rows from the bits, also where those are no bits: each bit function then stands for
  /// the one polynomial that is linear in each of its arguments.
  mutating func solveSums(_ rows: some Sequence<Int>) {
    for row in rows {
      for half in 0..<2 {
        cells[TraceColumns.sumA + half][row] = number(half) { bit in
          let a = self.bit(TraceColumns.a, bit, row - 1)
          let (b, c) = (self.bit(TraceColumns.a, bit, row - 2), self.bit(TraceColumns.a, bit, row - 3))
          let all = a * b * c
          return xor([2, 13, 22].map { self.bit(TraceColumns.a, bit + $0, row - 1) }) + a * b + b * c + a * c - all
            - all
        }
        cells[TraceColumns.sumE + half][row] = number(half) { bit in
          let e = self.bit(TraceColumns.e, bit, row - 1)
          let (f, g) = (self.bit(TraceColumns.e, bit, row - 2), self.bit(TraceColumns.e, bit, row - 3))
          return xor([6, 11, 25].map { self.bit(TraceColumns.e, bit + $0, row - 1) }) + e * f + (.one - e) * g
        }
      }
      solveSumW(row)
    }
  }

  private mutating func solveSumW(_ row: Int) {
    for half in 0..<2 {
      cells[TraceColumns.sumW + half][row] = number(half) { bit in
        let sigma0 = [7, 18].map { self.bit(TraceColumns.w, bit + $0, row - 15) }
        let sigma1 = [17, 19].map { self.bit(TraceColumns.w, bit + $0, row - 2) }
        return xor(sigma0 + (bit + 3 < 32 ? [self.bit(TraceColumns.w, bit + 3, row - 15)] : []))
          + xor(sigma1 + (bit + 10 < 32 ? [self.bit(TraceColumns.w, bit + 10, row - 2)] : []))
      }
    }
  }

  private func number(_ half: Int, _ bit: (Int) -> BabyBear) -> BabyBear {
    (16 * half..<16 * half + 16).reversed().reduce(.zero) { $0 + $0 + bit($1) }
  }
  private func bit(_ word: Int, _ bit: Int, _ row: Int) -> BabyBear { cells[word + bit % 32][(row + rows) % rows] }
  private func xor(_ bits: [BabyBear]) -> BabyBear { bits.reduce(.zero) { $0 + $1 - ($0 * $1 + $0 * $1) } }
}
