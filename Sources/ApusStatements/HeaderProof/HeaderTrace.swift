// The witness of the header statement: SHA-256d of every header, row by row.

public import ApusField

extension HeaderStatement {
  /// The trace that proves the claim made of these headers.
  ///
  /// The headers are taken as they are: a chain that does not satisfy the claim gives a trace that cannot be proven.
  ///
  /// - Precondition: as many headers as the claim counts.
  public func trace(of headers: [BlockHeader], on engine: Engine = .default) -> Columns<BabyBear> {
    precondition(headers.count == claim.count, "the claim counts \(claim.count) headers, not \(headers.count)")
    let rows = rows
    let words = HeaderWords(rows: rows, on: engine)
    let target = Self.targetLimbs(claim.target)
    // After the last header come headers of zeros, which link to nothing and need no work.
    let padding = [UInt8](repeating: 0, count: BlockHeader.byteCount)
    let times = EarlierTimes(of: headers, after: claim.timesBefore)
    engine.forEachRange(rows / HeaderRows.perHeader, grain: 8) { range, _ in
      for number in range {
        words.fill(number, header: number < headers.count ? headers[number].bytes : padding, target: target)
        words.compareTimes(number, times)
      }
    }

    let trace = Columns<BabyBear>(uninitialized: rows, count: HeaderColumn.count, on: engine)
    let columns = Shared((0..<HeaderColumn.count).map { trace.pointer($0) })
    let before = Self.digestLimbs(claim.previous)
    let activeRows = HeaderRows.perHeader * claim.count
    engine.forEachRange(rows / HeaderRows.perHeader, grain: 4) { range, _ in
      for number in range {
        words.writeBits(number, to: columns.value)
        words.writeSums(number, to: columns.value)
        words.writeRegister(
          number, before: number == 0 ? before : words.digest(of: number - 1), activeRows: activeRows,
          to: columns.value)
        words.writeTimes(number, times, of: rows / HeaderRows.perHeader, to: columns.value)
      }
    }
    return trace
  }
}

/// The times that each header meets.
private struct EarlierTimes: Sendable {
  /// The claim's times before, then the headers'.
  private let times: [UInt32]
  private let count: Int

  init(of headers: [BlockHeader], after window: MedianWindow) {
    times = window.times + headers.map { $0.time }
    count = headers.count
  }

  /// A header's own; 0 in the padding.
  subscript(own number: Int) -> UInt32 { number < count ? times[MedianWindow.count + number] : 0 }

  /// Those of the 11 headers before, the latest first; behind the header after the last they are 0.
  subscript(before number: Int) -> [UInt32] {
    number <= count
      ? times[number..<number + MedianWindow.count].reversed() : [UInt32](repeating: 0, count: MedianWindow.count)
  }
}

/// The words a, e and w of every row, and each row's borrow; each header is filled by one thread.
private final class HeaderWords: @unchecked Sendable {
  private let mask: Int
  private let a, e, w: UnsafeMutablePointer<UInt32>
  private let borrow: UnsafeMutablePointer<UInt32>
  /// Memory from the engine; its elements' words are all that is used of it.
  private let columns: Columns<BabyBear>

  init(rows: Int, on engine: Engine) {
    mask = rows - 1
    columns = Columns(rows: rows, count: 4, on: engine)
    (a, e) = (columns.pointer(0).words, columns.pointer(1).words)
    (w, borrow) = (columns.pointer(2).words, columns.pointer(3).words)
  }

  // MARK: Hashing

  /// Hashes one header and compares the hash with the target.
  func fill(_ number: Int, header: [UInt8], target: [UInt16]) {
    let base = number * HeaderRows.perHeader
    let words = bigEndianWords(header)
    var messages = [Array(words[0..<16]), Array(words[16..<20]), []]
    messages[1] += (4..<16).map { SHA256Rounds.padding(after: 4, bits: 640, at: $0) }
    for row in 0..<HeaderRows.perHeader {
      let at = base + row
      switch HeaderRows.kind(row) {
      case .initial(let block, let step):
        a[at] = SHA256Rounds.initialState[3 - step]
        e[at] = SHA256Rounds.initialState[7 - step]
        if block == 2, step == 0 {
          messages[2] = digestWords(endingAt: at - 1)
          messages[2] += (8..<16).map { SHA256Rounds.padding(after: 8, bits: 256, at: $0) }
        }
      case .round(let block, let step): fillRound(at, step: step, message: messages[block])
      case .feedForward:
        a[at] = a[at - 4] &+ a[at - 68]
        e[at] = e[at - 4] &+ e[at - 68]
      case .compare(let step):
        let limb = digest(of: number)[step]
        e[at] = UInt32(limb)
        let difference = Int32(target[step]) - Int32(limb.byteSwapped) - Int32(borrow[at])
        a[at] = UInt32(UInt16(truncatingIfNeeded: difference))
        borrow[at + 1] = difference < 0 ? 1 : 0
      case .median, .idle: break
      }
    }
  }

  /// Compares one header's time with those of the 11 before.
  func compareTimes(_ number: Int, _ times: EarlierTimes) {
    let (time, base) = (times[own: number], number * HeaderRows.perHeader + HeaderRows.median)
    var notAfter: UInt32 = 2
    for (index, earlier) in times[before: number].enumerated() {
      let at = base + 2 * index
      let lowBorrow: UInt32 = limb(time, 0) <= limb(earlier, 0) ? 1 : 0
      let borrow: UInt32 = time <= earlier ? 1 : 0
      notAfter += borrow
      e[at] = time
      a[at] = time &- 1 &- earlier
      w[at] = notAfter | lowBorrow << 4 | borrow << 5
    }
  }

  private func fillRound(_ at: Int, step: Int, message: [UInt32]) {
    typealias R = SHA256Rounds
    w[at] =
      step < 16
      ? message[step] : R.smallSigma1(w[at - 2]) &+ w[at - 7] &+ R.smallSigma0(w[at - 15]) &+ w[at - 16]
    let t1 = e[at - 4] &+ sumE(at) &+ R.constants[step] &+ w[at]
    e[at] = a[at - 4] &+ t1
    a[at] = t1 &+ R.bigSigma0(a[at - 1]) &+ R.majority(a[at - 1], a[at - 2], a[at - 3])
  }
  private func sumE(_ at: Int) -> UInt32 {
    SHA256Rounds.bigSigma1(e[at - 1]) &+ SHA256Rounds.choose(e[at - 1], e[at - 2], e[at - 3])
  }

  /// The eight words of the digest whose last row this is.
  private func digestWords(endingAt row: Int) -> [UInt32] {
    (0..<4).map { a[row - $0] } + (0..<4).map { e[row - $0] }
  }
  /// A header's hash, or the first of its two, as register limbs.
  func digest(of number: Int, first: Bool = false) -> [UInt16] {
    digestWords(endingAt: number * HeaderRows.perHeader + (first ? 139 : 211)).flatMap {
      [UInt16(truncatingIfNeeded: $0 >> 16), UInt16(truncatingIfNeeded: $0)]
    }
  }
  private func bigEndianWords(_ bytes: [UInt8]) -> [UInt32] {
    stride(from: 0, to: bytes.count, by: 4).map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  // MARK: Columns

  /// A word some rows back; the first header's rows follow the last one's.
  private func back(_ words: UnsafeMutablePointer<UInt32>, _ at: Int, _ rows: Int) -> UInt32 {
    words[(at - rows) & mask]
  }
  private func limb(_ word: UInt32, _ half: Int) -> UInt32 { word >> (16 * UInt32(half)) & 0xffff }

  /// One header's rows of the columns that hold bits of words.
  func writeBits(_ number: Int, to columns: [UnsafeMutablePointer<BabyBear>]) {
    let base = number * HeaderRows.perHeader
    let one = BabyBear.one.montgomery
    for (words, first) in [(a, HeaderColumn.a(0)), (e, HeaderColumn.e(0)), (w, HeaderColumn.w(0))] {
      for bit in 0..<32 {
        let column = columns[first.index + bit]
        for at in base..<base + HeaderRows.perHeader {
          column[at] = BabyBear(montgomery: (words[at] >> UInt32(bit) & 1) &* one)
        }
      }
    }
    let column = columns[HeaderColumn.borrow.index]
    for at in base..<base + HeaderRows.perHeader { column[at] = BabyBear(montgomery: borrow[at] &* one) }
  }

  /// One header's rows of the sums' limbs and carries.
  func writeSums(_ number: Int, to columns: [UnsafeMutablePointer<BabyBear>]) {
    typealias R = SHA256Rounds
    let base = number * HeaderRows.perHeader
    for row in 0..<HeaderRows.perHeader {
      let at = base + row
      let (a1, a2, a3) = (back(a, at, 1), back(a, at, 2), back(a, at, 3))
      let (e1, e2, e3) = (back(e, at, 1), back(e, at, 2), back(e, at, 3))
      var carries: (e: UInt32, a: UInt32, w: UInt32) = (0, 0, 0)
      for half in 0..<2 {
        func put(_ column: HeaderColumn, _ value: UInt32) { columns[column.index][at] = BabyBear(value) }
        let sumA = limb(R.bigSigma0(a1), half) + limb(R.majority(a1, a2, a3), half)
        let sumE = limb(R.bigSigma1(e1), half) + limb(R.choose(e1, e2, e3), half)
        let sumW =
          limb(R.smallSigma0(back(w, at, 15)), half) + limb(R.smallSigma1(back(w, at, 2)), half)
        put(.sumA(half), sumA)
        put(.sumE(half), sumE)
        put(.sumW(half), sumW)

        func carry(_ sum: UInt32, _ word: UInt32) -> UInt32 { (sum - limb(word, half)) >> 16 }
        switch HeaderRows.kind(row) {
        case .round(_, let step):
          let common = limb(e[at - 4], half) + sumE + limb(R.constants[step], half) + limb(w[at], half)
          carries.e = carry(limb(a[at - 4], half) + common + carries.e, e[at])
          carries.a = carry(common + sumA + carries.a, a[at])
          if step >= 16 {
            carries.w = carry(sumW + limb(w[at - 7], half) + limb(w[at - 16], half) + carries.w, w[at])
          }
        case .feedForward:
          carries.e = carry(limb(e[at - 4], half) + limb(e[at - 68], half) + carries.e, e[at])
          carries.a = carry(limb(a[at - 4], half) + limb(a[at - 68], half) + carries.a, a[at])
        default: break
        }
        for bit in 0..<3 {
          put(.carryE(half, bit), carries.e >> UInt32(bit) & 1)
          put(.carryA(half, bit), carries.a >> UInt32(bit) & 1)
        }
        for bit in 0..<2 { put(.carryW(half, bit), carries.w >> UInt32(bit) & 1) }
      }
    }
  }

  /// One header's rows of the register and of `active`.
  ///
  /// - Parameter before: what the register holds when the header starts.
  func writeRegister(
    _ number: Int, before: [UInt16], activeRows: Int, to columns: [UnsafeMutablePointer<BabyBear>]
  ) {
    let base = number * HeaderRows.perHeader
    let spans = [(0..<139, before), (139..<211, digest(of: number, first: true)), (211..<256, digest(of: number))]
    for (rows, limbs) in spans {
      for (index, limb) in limbs.enumerated() {
        (columns[HeaderColumn.register(index).index] + base + rows.lowerBound)
          .update(repeating: BabyBear(UInt32(limb)), count: rows.count)
      }
    }
    (columns[HeaderColumn.active.index] + base)
      .update(repeating: base < activeRows ? .one : .zero, count: HeaderRows.perHeader)
  }

  /// One header's rows of the times on their way.
  ///
  /// - Parameter count: of all headers, padding and all; the one before the first is the last.
  func writeTimes(
    _ number: Int, _ times: EarlierTimes, of count: Int, to columns: [UnsafeMutablePointer<BabyBear>]
  ) {
    let own = times[own: number]
    let earlier = times[before: number]
    let held = times[before: (number + count - 1) % count][MedianWindow.count - 1]
    let first = number * HeaderRows.perHeader
    for half in 0..<2 {
      let column = columns[HeaderColumn.time(half).index] + first
      func put(_ time: UInt32, _ rows: Range<Int>) {
        (column + rows.lowerBound).update(repeating: BabyBear(limb(time, half)), count: rows.count)
      }
      put(held, 0..<HeaderRows.time)
      put(own, HeaderRows.time..<HeaderRows.median)
      for (index, time) in earlier.enumerated() {
        let row = HeaderRows.median + 2 * index
        put(time, row..<row + 2)
      }
      put(earlier[MedianWindow.count - 1], HeaderRows.median + 2 * MedianWindow.count..<HeaderRows.perHeader)
    }
  }
}
