// Source maps: every byte finds the gadgets that wrote it, however scripts are put together, and spans that no assembler
// writes are refused.

import ApusScript
import ApusTestSupport
import Testing

@Suite struct SourceMapTests {
  /// Scripts of random gadgets, of which every byte's path is known because it is written down beside it.
  @Test func everyByteKnowsItsGadgets() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      var (assembler, writer) = (ScriptAssembler(), Writer(random: random))
      writer.write(into: &assembler, [])
      random = writer.random
      let mapped = assembler.mappedScript
      #expect((0..<mapped.script.bytes.count).map { mapped.map.path(at: $0) } == writer.paths)
      #expect(mapped.map.path(at: mapped.script.bytes.count) == [])
      #expect(mapped.map.path(at: -1) == [])
      // What is read back is the same map.
      #expect(try SourceMap(mapped.map.spans, scriptBytes: mapped.script.bytes.count) == mapped.map)
    }
  }

  @Test func textHasGadgets() throws {
    let mapped = try ScriptAssembler(assembly: "1 sum{ # of two\n 2 carry{ 3 } none{ } ADD } 4").mappedScript
    #expect(mapped.script == (try Script(assembly: "1 2 3 ADD 4")))
    #expect(
      mapped.map.spans == [SourceMap.Span(name: "sum", range: 1..<4), SourceMap.Span(name: "carry", range: 2..<3)])
    #expect(mapped.map.path(at: 2) == ["sum", "carry"])
  }

  @Test func errorsOfTheScriptHaveAPath() throws {
    let mapped = try ScriptAssembler(assembly: "a{ 1 b{ 0 VERIFY } }").mappedScript
    func failure(of script: Script) -> ScriptError? {
      var execution = Execution(script, version: .tapscript)
      do { try execution.runToEnd() } catch { return error }
      return nil
    }
    #expect(mapped.path(of: try #require(failure(of: mapped.script))) == ["a", "b"])
    // The same place in another script is another place.
    #expect(mapped.path(of: try #require(failure(of: try Script(assembly: "2 0 VERIFY")))) == [])
    // An error at a script's end is in no gadget.
    let open = try ScriptAssembler(assembly: "a{ 1 IF }").mappedScript
    #expect(open.path(of: try #require(failure(of: open.script))) == [])
  }

  /// Each the ranges of two or three gadgets in a script of ten bytes.
  @Test(arguments: [
    ([(2, 3), (1, 2)], SourceMap.Failure.outOfOrder(1)), ([(-1, 2)], .outOfOrder(0)), ([(0, 11)], .overlapping(0)),
    ([(0, 5), (4, 6)], .overlapping(1)), ([(0, 9), (1, 3), (3, 10)], .overlapping(2)),
    ([(4, 4), (3, 5)], .outOfOrder(1)),
  ])
  func spansThatAreNotNestedAreRefused(ranges: [(Int, Int)], failure: SourceMap.Failure) {
    let spans = ranges.map { SourceMap.Span(name: "gadget", range: $0.0..<$0.1) }
    #expect(throws: failure) { try SourceMap(spans, scriptBytes: 10) }
  }

  @Test func depthIsBounded() throws {
    let most = SourceMap.maximumDepth
    func text(_ depth: Int) -> String {
      String(repeating: "a{ ", count: depth) + "1" + String(repeating: " }", count: depth)
    }
    let deepest = try ScriptAssembler(assembly: text(most)).mappedScript
    #expect(deepest.map.path(at: 0).count == most)
    #expect(throws: AssemblyError(reason: .tooDeep, word: "a{", line: 1, column: most + 1)) {
      try ScriptAssembler(assembly: text(most + 1))
    }
    let span = SourceMap.Span(name: "a", range: 0..<1)
    #expect(try SourceMap([SourceMap.Span](repeating: span, count: most), scriptBytes: 1) == deepest.map)
    #expect(throws: SourceMap.Failure.tooDeep(most)) {
      try SourceMap([SourceMap.Span](repeating: span, count: most + 1), scriptBytes: 1)
    }
  }

  @Test func manyGadgetsAreFoundQuickly() throws {
    var assembler = ScriptAssembler()
    for i in 0..<100_000 { assembler.gadget("step \(i)") { $0.push(i) } }
    let mapped = assembler.mappedScript
    for span in mapped.map.spans { #expect(mapped.map.path(at: span.range.lowerBound) == [span.name]) }
  }
}

/// Writes scripts and, beside them, the path of each byte.
private struct Writer {
  var random: SeededGenerator
  private(set) var paths: [[String]] = []
  private var names = 0

  init(random: SeededGenerator) { self.random = random }

  mutating func write(into assembler: inout ScriptAssembler, _ path: [String]) {
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where path.count < 4:
        names += 1
        let name = "gadget \(names)"
        assembler.gadget(name) { write(into: &$0, path + [name]) }
      case 1 where path.count < 4:
        // A script of its own, with its gadgets, becomes part of a gadget of this one.
        var other = ScriptAssembler()
        write(into: &other, path + ["appended"])
        let mapped = other.mappedScript
        assembler.gadget("appended") { $0.append(mapped) }
      case 2:
        let before = assembler.count
        assembler.push((0..<Int.random(in: 0..<30, using: &random)).map { _ in 7 })
        paths += [[String]](repeating: path, count: assembler.count - before)
      default:
        assembler.append(.dup)
        paths.append(path)
      }
    }
  }
}
