// Feeds damaged input to everything that reads bytes from outside, for as long as it is told to. A crash or a wrong
// acceptance ends it; the seed it prints repeats the run.

import ApusBench
import ApusExamples
import ApusField
import ApusSTARK
import ApusStatements
import ApusTestSupport
import CApusRuntime

/// A reader of bytes. Throwing is how it refuses.
struct Target {
  let name: String
  /// Inputs that it accepts.
  let seeds: [[UInt8]]
  /// Reads one input; throws to refuse it, and returns what is wrong if it took what it must not take.
  let read: ([UInt8]) throws -> String?
}

@main
enum Fuzz {
  static func main() throws {
    var seconds = 20.0
    var seed = UInt64.random(in: 0...UInt64.max)
    var arguments = CommandLine.arguments.dropFirst()
    while let name = arguments.popFirst() {
      guard let value = arguments.popFirst() else { usage() }
      switch name {
      case "--seconds":
        guard let given = Double(value) else { usage() }
        seconds = given
      case "--seed":
        guard let given = UInt64(value) else { usage() }
        seed = given
      default: usage()
      }
    }
    print("fuzzing for \(Int(seconds)) s with seed \(seed)")
    let targets = try [proofs(), proofFiles(), headerInput(), claims(), tuningProfiles()]
    for target in targets {
      for input in target.seeds {
        if let wrong = try target.read(input) { fatalError("\(target.name): \(wrong) (an honest input)") }
      }
      try run(target, seconds: seconds / Double(targets.count), seed: seed)
    }
  }

  private static func usage() -> Never { fatalError("usage: apus-fuzz [--seconds S] [--seed N]") }

  private static func run(_ target: Target, seconds: Double, seed: UInt64) throws {
    var mutator = Mutator(random: SeededGenerator(seed: seed))
    let end = ContinuousClock.now + .seconds(seconds)
    var (inputs, accepted) = (0, 0)
    while ContinuousClock.now < end {
      let seed = target.seeds[inputs % target.seeds.count]
      let input = mutator.mutate(seed)
      inputs += 1
      do {
        if input != seed, let wrong = try target.read(input) { fatalError("\(target.name), input \(inputs): \(wrong)") }
        accepted += 1
      } catch {}
    }
    print("\(target.name): \(inputs) inputs, \(accepted) accepted rightly")
  }

  private static func proofs() throws -> Target {
    let rows = 64
    let trace = Fibonacci<BabyBear>.trace(a: 0, b: 1, rows: rows)
    let statement = Fibonacci<BabyBear>(a: 0, b: 1, last: trace[rows - 1, 1], rows: rows)
    let proof = try Prover(.proven100).prove(statement, trace: trace)
    let verifier = Verifier(demanding: .proven100)
    return Target(name: "proofs", seeds: [proof.bytes]) { input in
      try verifier.verify(input, of: statement)
      return input == proof.bytes ? nil : "a damaged proof was accepted"
    }
  }

  /// A claim and its proof in one file: a damaged claim must not be proven by the old proof either.
  private static func proofFiles() throws -> Target {
    let rows = 64
    let trace = Fibonacci<BabyBear>.trace(a: 0, b: 1, rows: rows)
    let claim = try FibonacciClaim<BabyBear>(a: 0, b: 1, last: trace[rows - 1, 1], rows: rows)
    let file = ProofFile(claim: .fibonacci(claim), proof: try Prover(.proven100).prove(claim.statement, trace: trace))
    let verifier = Verifier(demanding: .proven100)
    return Target(name: "proof files", seeds: [file.bytes]) { input in
      let read = try ProofFile(bytes: input)
      if read.bytes != input { return "a proof file has two encodings" }
      try verifier.verify(read.proof, of: read.claim.statement)
      return input == file.bytes ? nil : "a damaged file was accepted"
    }
  }

  /// Raw bytes, lines of digits, and a table; whatever is accepted must survive the checks that follow.
  private static func headerInput() throws -> Target {
    let headers = try HeaderInput(reading: OneDay.csv).headers.prefix(8)
    let raw = headers.flatMap(\.bytes)
    let digits = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    for header in headers {
      for byte in header.bytes { hex += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
      hex.append(UInt8(ascii: "\n"))
    }
    let table = OneDay.csv.split(separator: UInt8(ascii: "\n")).prefix(10).joined(separator: [UInt8(ascii: "\n")])
    return Target(name: "header input", seeds: [raw, hex, Array(table)]) { input in
      let read = try HeaderInput(reading: input)
      if read.headers.count > HeaderInput.maximumCount { return "more headers than the bound" }
      _ = try HeaderChain.segments(of: read)
      return nil
    }
  }

  private static func claims() throws -> Target {
    let headers = Array(try HeaderInput(reading: OneDay.csv).headers.prefix(8))
    let claim = try HeaderChain(headers, startHeight: 822_528).claim
    return Target(name: "claims", seeds: [claim.bytes]) { input in
      let read = try HeaderClaim(bytes: input.span)
      return read.bytes == input ? nil : "a claim has two encodings"
    }
  }

  /// What is accepted is a tuning in range, and written again it is read as the same.
  private static func tuningProfiles() throws -> Target {
    let seeds = try (Tuning.absurd + [Tuning()]).map { Array(try ProfileFile.text($0).utf8) }
    return Target(name: "tuning profiles", seeds: seeds) { input in
      let (tuning, processor) = try profile(input)
      let written = tuningProfile(try tuning.values(), madeOn: processor)
      let (again, sameProcessor) = try profile(Array(written.utf8))
      if again != tuning { return "a tuning changed on its way through a profile" }
      let isSame = withUnsafePointer(to: processor) { a in
        withUnsafePointer(to: sameProcessor) { b in apus_processor_equal(a, b) != 0 }
      }
      return isSame ? nil : "a processor changed on its way through a profile"
    }
  }

  private struct Refused: Error {}

  private static func profile(_ bytes: [UInt8]) throws -> (Tuning, apus_processor) {
    var (values, processor, error) = (apus_tuning(), apus_processor(), apus_tuning_error())
    let status = bytes.withUnsafeBytes {
      apus_tuning_parse($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &values, &processor, &error)
    }
    guard status == APUS_TUNING_OK else { throw Refused() }
    return (Tuning(values), processor)
  }
}
