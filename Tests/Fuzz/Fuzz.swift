// Feeds damaged input to everything that reads bytes from outside, for as long as it is told to. A crash, a wrong
// acceptance or too much memory ends it; the seed it prints repeats the run.

import ApusBench
import ApusExamples
import ApusField
import ApusScript
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
  /// Inputs have some kilobytes, but for a script of half a megabyte, of which several copies are made.
  private static let memoryLimit = 64

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
    let targets = try [
      proofs(), proofFiles(), headerInput(), claims(), tuningProfiles(), assembly(), transactions(), psbts(), spends(),
    ]
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
    let memory = MemoryGrowth()
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
    let mebibytes = memory.bytes >> 20
    if mebibytes > memoryLimit { fatalError("\(target.name): \(mebibytes) MiB of memory") }
    print("\(target.name): \(inputs) inputs, \(accepted) accepted rightly, \(mebibytes) MiB of memory more at most")
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

  /// What is accepted has no OP_SUCCESSx, is read again from its own listing, and has gadgets inside of each other.
  private static func assembly() throws -> Target {
    let texts = [
      "sum{ 1 IF 2 carry{ TOALTSTACK } ELSE 0xff00 ENDIF }\n-5 ADD # a comment\nlast{ 549755813887 CHECKSIGADD }",
      "OP_DUP HASH160 0x000102030405060708090a0b0c0d0e0f10111213 EQUALVERIFY CHECKSIG",
    ]
    return Target(name: "assembly", seeds: texts.map { Array($0.utf8) }) { input in
      let mapped = try ScriptAssembler(assembly: String(decoding: input, as: UTF8.self)).mappedScript
      if mapped.script.tapscriptVerdict(under: .block) != .runs { return "a script that succeeds by being there" }
      if try Script(assembly: mapped.script.assembly) != mapped.script { return "a listing of another script" }
      let map = try? SourceMap(mapped.map.spans, scriptBytes: mapped.script.bytes.count)
      return map == mapped.map ? nil : "gadgets that overlap"
    }
  }

  /// What is accepted is written as it was read, and survives the checks that follow.
  private static func transactions() throws -> Target {
    let output = TransactionOutput(value: 5000, script: Script([0x51]))
    let inputs = (0..<3).map { i in
      TransactionInput(
        previous: OutPoint(transaction: [UInt8](repeating: UInt8(i), count: 32), output: 1), scriptSig: Script([0x51]),
        witness: [[], [UInt8](repeating: 7, count: 300)])
    }
    let transaction = Transaction(inputs: inputs, outputs: [output, output])
    return Target(name: "transactions", seeds: [transaction.bytes, transaction.bytesWithoutWitness]) { input in
      let read = try Transaction(input)
      if read.bytes != input { return "a transaction has two encodings" }
      _ = try? read.check()
      return nil
    }
  }

  /// What is accepted keeps its inputs together with what they spend, and has a verdict on each.
  private static func psbts() throws -> Target {
    // One input that spends OP_1 and is final, one output: version 0, then version 2.
    let id = [UInt8](repeating: 7, count: 32)
    let output: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 1, 0x51]
    let unsigned = Transaction(
      inputs: [TransactionInput(previous: OutPoint(transaction: id, output: 0))],
      outputs: [TransactionOutput(value: 1, script: Script([0x51]))]
    ).bytes
    let magic: [UInt8] = [0x70, 0x73, 0x62, 0x74, 0xff]
    let final: [UInt8] = [1, 1, 10] + output + [1, 7, 0, 0]
    let version0: [UInt8] = magic + [1, 0, UInt8(unsigned.count)] + unsigned + [0] + final + [0]
    let global: [UInt8] = [1, 0xfb, 4, 2, 0, 0, 0, 1, 2, 4, 2, 0, 0, 0, 1, 4, 1, 1, 1, 5, 1, 1, 0]
    let spends: [UInt8] = [1, 0x0e, 32] + id + [1, 0x0f, 4, 0, 0, 0, 0]
    let pays: [UInt8] = [1, 3, 8] + output[..<8] + [1, 4, 1, 0x51, 0]
    let version2: [UInt8] = magic + global + spends + final + pays
    // One of one keys, signed and not final.
    let key: [UInt8] = [2] + id
    let script: [UInt8] = [0x51, 33] + key + [0x51, 0xae]
    let spent: [UInt8] = [1, 1, UInt8(9 + script.count)] + output[..<8] + [UInt8(script.count)] + script
    let signed: [UInt8] = magic + global + spends + spent + [34, 2] + key + [2, 0x30, 1, 0] + pays
    return Target(name: "PSBTs", seeds: [version0, version2, signed]) { input in
      let read = try PartiallySignedTransaction(input)
      let count = read.transaction.inputs.count
      if read.spentOutputs.count != count || read.isFinal.count != count { return "an input without its fields" }
      let spending = try read.spending()
      if input == signed && read.transaction.inputs[0].scriptSig.bytes != [0, 2, 0x30, 1] { return "not finished" }
      for index in 0..<count { _ = spending.judge(input: index) }
      _ = spending.nonStandardReasons()
      return nil
    }
  }

  /// A tapscript with its witness, damaged, in an output that commits to it: it ends within the limits, and a stepper
  /// sees the same end.
  private static func spends() throws -> Target {
    let texts = [
      "1 IF 2 TOALTSTACK 0 IF 7 ELSE 3 ENDIF ENDIF FROMALTSTACK ADD 5 NUMEQUALVERIFY SIZE 3 EQUALVERIFY SHA256",
      "3DUP 2ROT 2OVER ROLL PICK WITHIN MIN MAX DUP HASH160 RIPEMD160 SHA1 TUCK NIP DEPTH 2DROP 1",
    ]
    // As many of the largest elements as there may be, and a thousand more one after the other: what holds them is bounded
    // by consensus, not by how many come and go.
    let element = (0..<ScriptLimits.elementBytes).map { UInt8(truncatingIfNeeded: $0) }
    var hungry = ScriptAssembler()
    for number in 0..<1990 {
      hungry.push(element)
      if number >= 990 { hungry.append(.drop) }
    }
    let scripts = try texts.map { try Script(assembly: $0).bytes }
    let seeds = Array(repeating: scripts, count: 20).flatMap(\.self) + [hungry.script.bytes]
    return Target(name: "spends", seeds: seeds) { input in
      let output = try TaprootOutput(
        internalKey: TaprootOutput.unspendableKey, tree: .leaf(TapLeaf(script: Script(input))))
      let witness = [[1, 2, 3], input, output.leaves[0].controlBlock.bytes]
      let previous = OutPoint(transaction: [UInt8](repeating: 1, count: 32), output: 0)
      let spending = try SpendingTransaction(
        Transaction(inputs: [TransactionInput(previous: previous, witness: witness)], outputs: []),
        spending: [TransactionOutput(value: 1, script: output.script)])
      var broken: ScriptError?
      do throws(ScriptError) {
        if try spending.verify(input: 0, rules: .block).peakStack > ScriptLimits.stackElements {
          return "a stack above the limit"
        }
      } catch { broken = error }
      do throws(ScriptError) {
        var run = try InputRun(SpendingInput(spending, index: 0), rules: .block)
        while try run.step() {}
        return broken == nil ? nil : "the stepper passes what the run refuses"
      } catch { return error == broken ? nil : "the stepper ends otherwise than the run" }
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
