// What a script costs where it is revealed.

extension Script {
  /// Weight units of the script and its control block in a witness, with their sizes and without what the script is
  /// given (BIP-141, BIP-341).
  public func tapleafWeight(depth: Int) -> Int {
    var writer = ByteWriter()
    writer.appendSized(bytes)
    writer.appendSized([UInt8](repeating: 0, count: 33 + 32 * depth))
    return writer.bytes.count
  }
}
