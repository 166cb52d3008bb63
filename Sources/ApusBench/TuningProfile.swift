// The text of a tuning profile. Its reader, and all that is known of keys and ranges, is apus_tuning.h in CApusRuntime.

package import CApusRuntime

/// A profile of this tuning for this processor, one member in a line.
package func tuningProfile(_ tuning: apus_tuning, madeOn processor: apus_processor) -> String {
  var processor = processor
  let vendor = withUnsafeBytes(of: &processor.vendor) { text($0) }
  let features = withUnsafeBytes(of: &processor.features) { text($0) }
  var members: [(key: String, value: JSONValue)] = [
    ("format", .string("apus tuning")), ("version", .integer(1)), ("cpu_vendor", .string(vendor)),
    ("cpu_family", .integer(Int(processor.family))), ("cpu_model", .integer(Int(processor.model))),
    ("cpu_stepping", .integer(Int(processor.stepping))), ("cpu_features", .string(features)),
    ("cpu_count", .integer(Int(processor.cpus))), ("cpu_cores", .integer(Int(processor.cores))),
  ]
  for number in 0..<APUS_KNOB_COUNT.rawValue {
    let knob = apus_knob(number)
    guard let range = apus_tuning_range(knob)?.pointee else { continue }
    let value = Int(withUnsafePointer(to: tuning) { apus_tuning_get($0, knob) })
    members.append(
      (String(cString: range.key), range.words.map { .string(String(cString: $0[value])) } ?? .integer(value)))
  }
  let lines = members.map { "  " + JSONValue.string($0.key).text() + ": " + $0.value.text() }
  return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
}

private func text(_ bytes: UnsafeRawBufferPointer) -> String {
  String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}
