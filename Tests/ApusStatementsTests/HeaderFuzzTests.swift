// Random damage to every form of input: an answer or a typed error, never a trap.

import ApusExamples
import ApusStatements
import ApusTestSupport
import Testing

struct HeaderFuzzTests {
  /// Changes a few places of `bytes`: bits, whole bytes, digits, pieces cut out, doubled or moved, the end cut off.
  private func damage(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    // Bytes that mean something to a parser, besides any at all.
    let special = Array("\n\r\t ,#:x0fF-+\u{0}".utf8) + [0x80, 0xef, 0xbb, 0xbf, 0xff]
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let at = Int.random(in: bytes.indices, using: &generator)
      let end = min(bytes.count, at + Int.random(in: 1...200, using: &generator))
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[at] = .random(in: .min ... .max, using: &generator)
      case 2: bytes[at] = special.randomElement(using: &generator)!
      case 3: bytes[at] = Array("0123456789abcdef".utf8).randomElement(using: &generator)!
      case 4: bytes.insert(special.randomElement(using: &generator)!, at: at)
      case 5: bytes.removeSubrange(at..<end)
      case 6: bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: bytes.indices, using: &generator))
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }

  /// Everything that is done with an input, as far as it goes.
  private func follow(_ bytes: [UInt8], startHeight: Int?) -> (read: Bool, chain: Bool) {
    guard let input = try? HeaderInput(reading: bytes) else { return (false, false) }
    for index in input.headers.indices { _ = input.place(of: index).description }
    do throws(HeaderChainError) {
      let segments = try HeaderChain.segments(of: input, startHeight: startHeight)
      return (true, (try? ClaimedChain(segments.map(\.claim)).anchoring()) != nil)
    } catch {
      #expect(!error.message(source: "x").isEmpty)
      return (true, false)
    }
  }

  @Test(arguments: HeaderInput.Format.allCases)
  func damagedInputsNeverTrap(format: HeaderInput.Format) throws {
    let headers = try dayInput().first(6).headers
    let honest: [UInt8] =
      switch format {
      case .raw: rawBytes(headers)
      case .hex: Array(headers.map(\.bytes.hex).joined(separator: "\n").utf8)
      case .csv:
        Array(OneDay.csv.split(separator: 0x0a, omittingEmptySubsequences: false).prefix(8).joined(separator: [0x0a]))
      }
    #expect(follow(honest, startHeight: 822_528) == (read: true, chain: true))
    var generator = SeededGenerator(seed: 31)
    var (refused, unlinked) = (0, 0)
    for _ in 0..<4000 {
      let bytes = damage(honest, using: &generator)
      let height: Int? = [nil, 822_528, 824_540, .max].randomElement(using: &generator)!
      let outcome = follow(bytes, startHeight: height)
      refused += outcome.read ? 0 : 1
      unlinked += outcome.read && !outcome.chain ? 1 : 0
    }
    // The damage reaches both stages.
    #expect(refused > 200)
    #expect(unlinked > 200)
  }

  @Test func anyBytesAreReadOrRefused() {
    var generator = SeededGenerator(seed: 32)
    for _ in 0..<2000 {
      let text = Bool.random(using: &generator)
      let bytes = (0..<Int.random(in: 0..<500, using: &generator)).map { _ in
        text
          ? Array("0123456789abcdef,,\n\n#x ".utf8).randomElement(using: &generator)!
          : UInt8.random(in: .min ... .max, using: &generator)
      }
      _ = follow(bytes, startHeight: nil)
    }
  }

  @Test func damagedClaimsAreOthersOrNone() throws {
    let honest = try HeaderChain.segments(of: dayInput())[0].claim
    var generator = SeededGenerator(seed: 33)
    var refused = 0
    for _ in 0..<10_000 {
      let bytes = damage(honest.bytes, using: &generator)
      do throws(HeaderClaimError) {
        let claim = try HeaderClaim(bytes: bytes.span)
        // What is accepted is canonical: it encodes to the very bytes that it was read from.
        #expect(claim.bytes == bytes)
        #expect((claim == honest) == (bytes == honest.bytes))
        _ = try? ClaimedChain([honest, claim])
        _ = try? ClaimedChain([claim]).anchoring()
      } catch {
        refused += 1
        #expect(!error.description.isEmpty)
      }
    }
    #expect(refused > 1000 && refused < 10_000)
  }

  @Test func damagedAnchorsNeverTrap() {
    var generator = SeededGenerator(seed: 34)
    for _ in 0..<2000 {
      let text = String(
        decoding: damage(Array((HeaderFact.genesis.hash + ":123").utf8), using: &generator), as: UTF8.self)
      do { _ = try Anchor(text) } catch { #expect(!error.description.isEmpty) }
    }
  }
}
