// Why an input cannot be spent as it is: the rule, and where in which script it was broken.

/// The scripts that one input runs, one after the other, and what is checked outside of them.
public enum ScriptStage: String, Sendable {
  case scriptSig
  case scriptPubKey
  /// The script that a pay-to-script-hash output commits to.
  case redeemScript
  /// The witness against its program, a Taproot key path included: no script runs.
  case witnessProgram
  case witnessScript
  case tapscript
  /// A script that was run by itself.
  case script
}

public struct ScriptError: Error, Hashable, Sendable {
  /// An instruction of a script.
  public struct Place: Hashable, Sendable {
    public let opcode: Opcode
    /// Its number among the script's instructions, from 0.
    public let index: Int
    /// The byte at which it begins.
    public let position: Int
  }

  public let rule: ScriptRule
  public let stage: ScriptStage
  /// The one that runs in this stage; empty where none does.
  public let script: Script
  /// `nil` where no instruction is at fault: at a script's end, or outside of scripts.
  public let place: Place?
  /// The stacks before the instruction at fault, or at the script's end; after it where it made them too large.
  public let stack: StackSnapshot
  public let altStack: StackSnapshot

  package init(
    rule: ScriptRule, stage: ScriptStage, script: Script = .empty, place: Place? = nil,
    stack: StackSnapshot = StackSnapshot(), altStack: StackSnapshot = StackSnapshot()
  ) {
    self.rule = rule
    self.stage = stage
    self.script = script
    self.place = place
    self.stack = stack
    self.altStack = altStack
  }
}

extension ScriptError: CustomStringConvertible {
  public var description: String {
    let at = place.map { ", instruction \($0.index) at byte \($0.position), \($0.opcode)" } ?? ""
    return "\(rule.name) in \(stage.rawValue)\(at): \(rule)"
  }
}

/// A stack as it was: two allocations, however many elements; elements are made when they are asked for.
public struct StackSnapshot: RandomAccessCollection, Hashable, Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// - Parameter elements: the top one last.
  public init(_ elements: some Sequence<[UInt8]> = [[UInt8]]()) {
    for element in elements { append(element) }
  }

  mutating func append(_ element: some Sequence<UInt8>) {
    bytes += element
    ends.append(bytes.count)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { ends.count }
  public subscript(index: Int) -> [UInt8] { Array(bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]) }
}
