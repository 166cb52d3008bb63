// The header statement's constraints. Degree 3, selectors included.

import ApusField
public import ApusSTARK

extension HeaderStatement {
  public func constrain(_ c: inout Constraints<HeaderColumn>) {
    let circuit = HeaderCircuit(c)
    circuit.bits()
    circuit.bitFunctions()
    circuit.rounds()
    circuit.schedule()
    circuit.blockEnds()
    circuit.register()
    circuit.messages()
    circuit.comparison()
    let (steps, isMedian) = circuit.medianSteps()
    circuit.times(steps, isMedian)
    circuit.medianTime(steps, isMedian)
    circuit.activity()
    circuit.boundaries()
  }
}

/// The constraints by subject, and the expressions they share.
private struct HeaderCircuit {
  private typealias Column = HeaderColumn
  private let c: Constraints<HeaderColumn>

  init(_ constraints: Constraints<HeaderColumn>) { c = constraints }

  // MARK: Expressions

  /// 1 on the rows of a header of which `isOn` says so.
  private func selector(_ name: String, _ isOn: (HeaderRows.Kind) -> Bool) -> Expression {
    periodic(name) { isOn($0) ? 1 : 0 }
  }
  private func periodic(_ name: String, _ value: (HeaderRows.Kind) -> UInt32) -> Expression {
    c.periodic(name, HeaderRows.values(value).map { Int($0) })
  }

  /// The number whose bits, lowest first, these are.
  private func number(_ bits: [Expression]) -> Expression {
    bits.dropLast().reversed().reduce(bits[bits.count - 1]) { $0 + $0 + $1 }
  }
  /// 16 bits of a word some rows back: limb 0 the low half.
  private func limb(_ word: (Int) -> HeaderColumn, _ limb: Int, back: Int = 0) -> Expression {
    number((0..<16).map { c[word(16 * limb + $0), -back] })
  }
  /// The same with its two bytes exchanged: both numbers are shared with other constraints.
  private func swappedLimb(_ word: (Int) -> HeaderColumn, _ half: Int, back: Int = 0) -> Expression {
    let highByte = number((8..<16).map { c[word(16 * half + $0), -back] })
    return BabyBear(UInt32(0x100)) * limb(word, half, back: back) - BabyBear(UInt32(0xffff)) * highByte
  }
  private func carry(_ column: (Int, Int) -> HeaderColumn, _ limb: Int, bits: Int) -> Expression {
    number((0..<bits).map { c[column(limb, $0)] })
  }

  private func xor(_ x: Expression, _ y: Expression) -> Expression {
    let xy = x * y
    return x + y - (xy + xy)
  }
  private func xor(_ x: Expression, _ y: Expression, _ z: Expression) -> Expression {
    // x + y + z - 2 (xy + yz + zx) + 4 xyz
    let xy = x * y
    let pairs = xy + z * (x + y)
    let triple = xy * z
    let twice = triple + triple - pairs
    return x + y + z + twice + twice
  }

  // MARK: Constraints

  func bits() {
    var columns: [HeaderColumn] = []
    for bit in 0..<32 { columns += [.a(bit), .e(bit), .w(bit)] }
    for limb in 0..<2 {
      for bit in 0..<3 { columns += [.carryE(limb, bit), .carryA(limb, bit)] }
      for bit in 0..<2 { columns.append(.carryW(limb, bit)) }
    }
    columns += [.borrow, .active]
    c.onEveryRow {
      for column in columns { $0.requireZero(c[column] * (c[column] - 1), "bits") }
    }
  }

  func bitFunctions() {
    c.onEveryRow {
      for half in 0..<2 {
        let sumA = (16 * half..<16 * half + 16).map { i in
          let (a, b, d) = (c[.a(i), -1], c[.a(i), -2], c[.a(i), -3])
          let sigma = xor(c[.a((i + 2) % 32), -1], c[.a((i + 13) % 32), -1], c[.a((i + 22) % 32), -1])
          return sigma + a * b + d * xor(a, b)
        }
        $0.require(c[.sumA(half)], equals: number(sumA), "Sigma0 and Maj")
        let sumE = (16 * half..<16 * half + 16).map { i in
          let (e, f, g) = (c[.e(i), -1], c[.e(i), -2], c[.e(i), -3])
          let sigma = xor(c[.e((i + 6) % 32), -1], c[.e((i + 11) % 32), -1], c[.e((i + 25) % 32), -1])
          return sigma + e * (f - g) + g
        }
        $0.require(c[.sumE(half)], equals: number(sumE), "Sigma1 and Ch")
        let sumW = (16 * half..<16 * half + 16).map { i in
          smallSigma(i, back: 15, rotations: (7, 18), shift: 3)
            + smallSigma(i, back: 2, rotations: (17, 19), shift: 10)
        }
        $0.require(c[.sumW(half)], equals: number(sumW), "sigma0 and sigma1")
      }
    }
  }

  private func smallSigma(_ bit: Int, back: Int, rotations: (Int, Int), shift: Int) -> Expression {
    let x = c[.w((bit + rotations.0) % 32), -back]
    let y = c[.w((bit + rotations.1) % 32), -back]
    return bit + shift < 32 ? xor(x, y, c[.w(bit + shift), -back]) : xor(x, y)
  }

  private static let limbValue = BabyBear(UInt32(1 << 16))

  func rounds() {
    let isRound = selector("round") { if case .round = $0 { true } else { false } }
    c.onRows(where: isRound) {
      for half in 0..<2 {
        let constant = periodic("K\(half)") {
          if case .round(_, let step) = $0 { SHA256Rounds.constants[step] >> (16 * UInt32(half)) & 0xffff } else { 0 }
        }
        let common = limb(Column.e, half, back: 4) + c[.sumE(half)] + constant + limb(Column.w, half)
        let carryInE = half == 0 ? c.constant(0) : carry(Column.carryE, 0, bits: 3)
        $0.require(
          limb(Column.a, half, back: 4) + common + carryInE,
          equals: limb(Column.e, half) + Self.limbValue * carry(Column.carryE, half, bits: 3), "round, e")
        let carryInA = half == 0 ? c.constant(0) : carry(Column.carryA, 0, bits: 3)
        $0.require(
          common + c[.sumA(half)] + carryInA,
          equals: limb(Column.a, half) + Self.limbValue * carry(Column.carryA, half, bits: 3), "round, a")
      }
    }
  }

  func schedule() {
    let isExpanded = selector("schedule") { if case .round(_, let step) = $0 { step >= 16 } else { false } }
    c.onRows(where: isExpanded) {
      for half in 0..<2 {
        let carryIn = half == 0 ? c.constant(0) : carry(Column.carryW, 0, bits: 2)
        $0.require(
          c[.sumW(half)] + limb(Column.w, half, back: 7) + limb(Column.w, half, back: 16) + carryIn,
          equals: limb(Column.w, half) + Self.limbValue * carry(Column.carryW, half, bits: 2), "schedule")
      }
    }
  }

  /// How a block starts and ends: with the initial state, and with the state it started from added.
  func blockEnds() {
    let isInitial = selector("initial state") { if case .initial = $0 { true } else { false } }
    c.onRows(where: isInitial) {
      for half in 0..<2 {
        for (word, first, name) in [(Column.a, 3, "a"), (Column.e, 7, "e")] {
          let value = periodic("initial \(name)\(half)") {
            if case .initial(_, let step) = $0 {
              SHA256Rounds.initialState[first - step] >> (16 * UInt32(half)) & 0xffff
            } else {
              0
            }
          }
          $0.require(limb(word, half), equals: value, "initial state")
        }
      }
    }
    let isEnd = selector("feed-forward") { if case .feedForward = $0 { true } else { false } }
    c.onRows(where: isEnd) {
      for (word, carry) in [(Column.a, Column.carryA), (Column.e, Column.carryE)] {
        for half in 0..<2 {
          let carryIn = half == 0 ? c.constant(0) : c[carry(0, 0)]
          $0.require(
            limb(word, half, back: 4) + limb(word, half, back: 68) + carryIn,
            equals: limb(word, half) + Self.limbValue * c[carry(half, 0)], "feed-forward")
        }
      }
    }
  }

  /// The register takes up a digest where one is complete, and keeps it elsewhere.
  func register() {
    let isLoad = selector("load") {
      if case .feedForward(let block, 3) = $0 { block > 0 } else { false }
    }
    for index in 0..<16 {
      let word = index < 8 ? Column.a : Column.e
      // The digest's words are a, b, c, d, e, f, g, h: the last row's a, and those before it.
      let loaded = limb(word, 1 - index % 2, back: index % 8 / 2)
      c.onRows(where: isLoad) { $0.require(c[.register(index)], equals: loaded, "register loads") }
      c.onEachRowAfterFirst {
        $0.requireZero((1 - isLoad) * (c[.register(index)] - c[.register(index), -1]), "register holds")
      }
    }
  }

  /// What the three blocks hash: the header (linked to the register, with the claim's nBits) and its padding, then the
  /// first digest and its padding.
  func messages() {
    let active = c[.active]
    for half in 0..<2 {
      let word = limb(Column.w, half)
      var link = c.constant(0)
      var digest = c.constant(0)
      for index in 0..<8 {
        let isLink = selector("link \(index)") { $0 == .round(block: 0, step: index + 1) }
        link = link + isLink * (word - c[.register(2 * index + 1 - half)])
        let isDigest = selector("digest \(index)") { $0 == .round(block: 2, step: index) }
        digest = digest + isDigest * (word - c[.register(2 * index + 1 - half)])
      }
      let isBits = selector("nBits") { $0 == .round(block: 1, step: 2) }
      let isPadding1 = selector("padding 1") {
        if case .round(1, let step) = $0 { (4..<16).contains(step) } else { false }
      }
      let padding1 = periodic("padding 1, \(half)") {
        if case .round(1, let step) = $0, (4..<16).contains(step) {
          SHA256Rounds.padding(after: 4, bits: 640, at: step) >> (16 * UInt32(half)) & 0xffff
        } else {
          0
        }
      }
      let isPadding2 = selector("padding 2") {
        if case .round(2, let step) = $0 { (8..<16).contains(step) } else { false }
      }
      let padding2 = periodic("padding 2, \(half)") {
        if case .round(2, let step) = $0, (8..<16).contains(step) {
          SHA256Rounds.padding(after: 8, bits: 256, at: step) >> (16 * UInt32(half)) & 0xffff
        } else {
          0
        }
      }
      c.onEveryRow {
        $0.requireZero(active * link, "link")
        $0.requireZero(
          active * isBits * (word - c.public(HeaderStatement.Public.bits + half)), "nBits")
        $0.require(isPadding1 * word, equals: padding1, "padding 1")
        $0.requireZero(digest, "second hash")
        $0.require(isPadding2 * word, equals: padding2, "padding 2")
      }
    }
  }

  /// target - hash, 16 bits a row from the lowest; the last borrow must be 0.
  func comparison() {
    let isCompare = selector("compare") { if case .compare = $0 { true } else { false } }
    var limbError = c.constant(0)
    var target = c.constant(0)
    for index in 0..<16 {
      let isStep = selector("compare \(index)") { $0 == .compare(step: index) }
      limbError = limbError + isStep * (limb(Column.e, 0) - c[.register(index)])
      target = target + isStep * c.public(HeaderStatement.Public.target + index)
    }
    // The hash counts as a little-endian number, so the bytes of each limb change places.
    let swapped = swappedLimb(Column.e, 0)
    let isFirst = selector("compare first") { $0 == .compare(step: 0) }
    let isAfter = selector("compared") { $0 == .median(step: 0) }
    c.onEveryRow {
      $0.requireZero(limbError, "compared limb")
      $0.requireZero(isFirst * c[.borrow], "first borrow")
      $0.require(
        target + isCompare * (Self.limbValue * c[.borrow, +1]),
        equals: isCompare * (swapped + c[.borrow] + limb(Column.a, 0)), "comparison")
      $0.requireZero(isAfter * c[.active] * c[.borrow], "proof of work")
    }
  }

  /// Selectors of the rows that compare times: with each of those before, and all.
  func medianSteps() -> ([Expression], Expression) {
    let steps = (0..<MedianWindow.count).map { step in selector("median \(step)") { $0 == .median(step: step) } }
    return (steps, selector("median") { if case .median = $0 { true } else { false } })
  }

  /// `time` takes up each header's time, holds it, and shows on the rows of comparisons the times of the 11 headers
  /// before: what two rows earlier one header earlier showed, which starts with that header's own time.
  func times(_ steps: [Expression], _ isMedian: Expression) {
    typealias Public = HeaderStatement.Public
    let isTime = selector("time") { $0 == HeaderRows.kind(HeaderRows.time) }
    let activeBack = c[.active, -HeaderRows.timesBack]
    // Only before the first header and in the header after the last is `active` not what it was a header ago.
    let changes = c[.active] - activeBack
    for half in 0..<2 {
      let time = c[.time(half)]
      // The time counts as a little-endian number, and is hashed as a big-endian word.
      let loaded = swappedLimb(Column.w, 1 - half)
      var (before, last) = (c.constant(0), c.constant(0))
      for (step, isStep) in steps.enumerated() {
        before = before + isStep * c.public(Public.timesBefore + 2 * step + half)
        last = last + isStep * c.public(Public.lastTimes + 2 * step + half)
      }
      c.onEveryRow {
        $0.requireZero(isTime * (time - loaded), "time loads")
        $0.requireZero((1 - isTime - isMedian) * (time - c[.time(half), -1]), "time holds")
        $0.requireZero(isMedian * activeBack * (time - c[.time(half), -HeaderRows.timesBack]), "times pass on")
        $0.requireZero(changes * (isMedian * time - c[.active] * before - activeBack * last), "times claimed")
      }
    }
  }

  /// time - 1 - earlier time: `e` holds the time, `a` the difference, the next bits of `w` what each half borrows. A
  /// borrow left over says that the time is not after the earlier one; `w`'s first bits count these from 2, so that the
  /// sixth makes 8.
  func medianTime(_ steps: [Expression], _ isMedian: Expression) {
    let (isFirst, isLast) = (steps[0], steps[steps.count - 1])
    let borrows = [c.constant(1), c[.w(4)], c[.w(5)]]
    let notAfter = number((0..<4).map { c[.w($0)] })
    let notAfterBefore = number((0..<4).map { c[.w($0), -2] })
    c.onEveryRow {
      for half in 0..<2 {
        let (time, timeBefore) = (limb(Column.e, half), limb(Column.e, half, back: 2))
        $0.requireZero(
          isMedian * (time - timeBefore) + isFirst * (timeBefore - c[.time(half), -1]), "time compared")
        let difference = time + Self.limbValue * borrows[half + 1] - c[.time(half)] - limb(Column.a, half)
        $0.requireZero(isMedian * (difference - borrows[half]), "times compared")
      }
      $0.requireZero(
        isMedian * (notAfter - notAfterBefore - c[.w(5)]) + isFirst * (notAfterBefore - 2), "times counted")
      $0.requireZero(isLast * c[.active] * c[.w(3)], "median time")
    }
  }

  /// Once inactive, never active again; the boundary at the last header's last row says how long.
  func activity() {
    c.onEachRowAfterFirst {
      $0.requireZero(c[.active] * (1 - c[.active, -1]), "active falls only")
    }
  }

  func boundaries() {
    typealias Public = HeaderStatement.Public
    c.onFirstRow {
      for index in 0..<16 {
        $0.require(c[.register(index)], equals: c.public(Public.previous + index), "PREV")
      }
    }
    c.onPublicRow(HeaderStatement.PublicRow.last) {
      for index in 0..<16 { $0.require(c[.register(index)], equals: c.public(Public.last + index), "LAST") }
      $0.require(c[.active], equals: 1, "active to the end")
    }
    c.onPublicRow(HeaderStatement.PublicRow.end) { $0.requireZero(c[.active], "inactive after the end") }
    for half in 0..<2 {
      let word = limb(Column.w, half)
      c.onPublicRow(HeaderStatement.PublicRow.firstTime) {
        $0.require(word, equals: c.public(Public.firstTime + half), "first time")
      }
    }
  }
}
