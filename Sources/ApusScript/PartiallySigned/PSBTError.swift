// Why bytes are no partially signed transaction, or not one that can be judged.

public struct PSBTError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which of the maps that it consists of.
  public enum Map: Hashable, Sendable, CustomStringConvertible {
    case global
    case input(Int)
    case output(Int)

    public var description: String {
      switch self {
      case .global: "the global map"
      case .input(let index): "input \(index)"
      case .output(let index): "output \(index)"
      }
    }
  }

  public enum Reason: Hashable, Sendable {
    /// The five bytes that it begins with are others.
    case magic
    case encoding(EncodingError)
    /// A map holds a key twice.
    case duplicateKey(type: UInt64)
    /// A field's key or value has another size than the field's.
    case fieldSize(type: UInt64)
    case missing(field: String)
    /// A field that this version does not have.
    case unexpected(field: String)
    case unknownVersion(UInt32)
    /// The unsigned transaction has a scriptSig or a witness.
    case signed
    /// The previous transaction has another id than the input names, or no such output.
    case previousTransaction
    /// Two fields say different things of what the input spends.
    case spentOutputs
    /// The inputs' required lock times have no kind in common.
    case lockTimes
    /// Nothing that could be run: neither final fields nor signatures of which they could be made.
    case notFinal
  }

  public let reason: Reason
  public let map: Map

  init(_ reason: Reason, in map: Map) {
    self.reason = reason
    self.map = map
  }

  public var description: String {
    let what =
      switch reason {
      case .magic: "a PSBT begins with 70736274ff"
      case .encoding(let error): "\(error)"
      case .duplicateKey(let type): "a key of type \(type) is there twice"
      case .fieldSize(let type): "a field of type \(type) has another size than its kind has"
      case .missing(let field): "\(field) is missing"
      case .unexpected(let field): "\(field) does not belong into this version"
      case .unknownVersion(let version): "version \(version) is none of 0 and 2"
      case .signed: "the unsigned transaction has a scriptSig or a witness"
      case .previousTransaction: "the previous transaction is not the one that the input spends from"
      case .spentOutputs: "the witness output differs from that of the previous transaction"
      case .lockTimes: "the inputs require lock times by height and by time, which one transaction cannot have"
      case .notFinal:
        "it is not final: there is no final scriptSig or witness, and they cannot be made of the signatures that are there"
      }
    return "\(map): \(what)"
  }
}
