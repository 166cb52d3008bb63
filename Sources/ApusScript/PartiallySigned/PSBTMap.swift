// One of the maps that a PSBT consists of: keys of a type and data, each once, and values (BIP-174).

struct PSBTMap {
  private struct Key: Hashable {
    let type: UInt64
    let data: [UInt8]
  }

  let name: PSBTError.Map
  private var values: [Key: [UInt8]] = [:]

  init(from reader: inout ByteReader, _ name: PSBTError.Map) throws(PSBTError) {
    self.name = name
    let entries: [(key: Key, value: [UInt8])]
    do throws(EncodingError) { entries = try Self.readEntries(&reader) } catch {
      throw PSBTError(.encoding(error), in: name)
    }
    for (key, value) in entries where values.updateValue(value, forKey: key) != nil {
      throw PSBTError(.duplicateKey(type: key.type), in: name)
    }
  }

  /// Up to the empty key that ends a map.
  private static func readEntries(_ reader: inout ByteReader) throws(EncodingError) -> [(key: Key, value: [UInt8])] {
    var entries: [(key: Key, value: [UInt8])] = []
    while true {
      let bytes = try reader.sizedBytes()
      if bytes.isEmpty { return entries }
      var keyReader = ByteReader(bytes)
      let type = try keyReader.size()
      entries.append((Key(type: type, data: try keyReader.take(keyReader.left)), try reader.sizedBytes()))
    }
  }

  func fail(_ reason: PSBTError.Reason) -> PSBTError { PSBTError(reason, in: name) }

  /// The value of a field whose keys hold no data.
  func value(_ type: UInt64) throws(PSBTError) -> [UInt8]? {
    if values.keys.contains(where: { $0.type == type && !$0.data.isEmpty }) { throw fail(.fieldSize(type: type)) }
    return values[Key(type: type, data: [])]
  }

  /// The values of a field whose keys hold data that `isSound` takes, by these.
  func values(_ type: UInt64, _ isSound: ([UInt8]) -> Bool) throws(PSBTError) -> [[UInt8]: [UInt8]] {
    var found: [[UInt8]: [UInt8]] = [:]
    for (key, value) in values where key.type == type {
      guard isSound(key.data) else { throw fail(.fieldSize(type: type)) }
      found[key.data] = value
    }
    return found
  }

  /// The same, read to its end.
  func read<V>(
    _ type: UInt64, _ body: (inout ByteReader) throws(EncodingError) -> V
  ) throws(PSBTError) -> V? {
    guard let bytes = try value(type) else { return nil }
    var reader = ByteReader(bytes)
    do throws(EncodingError) {
      let value = try body(&reader)
      guard reader.left == 0 else { throw reader.refuse(.trailingBytes(reader.left)) }
      return value
    } catch { throw fail(.encoding(error)) }
  }

  func word(_ type: UInt64) throws(PSBTError) -> UInt32? {
    guard try value(type).map({ $0.count == 4 }) ?? true else { throw fail(.fieldSize(type: type)) }
    return try read(type) { reader throws(EncodingError) in try reader.word32() }
  }

  func required<V>(_ value: V?, _ field: String) throws(PSBTError) -> V {
    guard let value else { throw fail(.missing(field: field)) }
    return value
  }
}
