// Reading JSON objects of which every member is known, with the place of what is wrong in the message.

import ApusStatements
import Foundation

/// What is wrong with a JSON text, and where.
struct JSONError: Error, CustomStringConvertible {
  let place: String
  let problem: String
  var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
}

/// An object whose members are taken one after the other, until none may be left.
struct StrictObject {
  private let place: String
  private var members: [String: Any]

  init(_ value: Any, at place: String) throws(JSONError) {
    guard let members = value as? [String: Any] else { throw JSONError(place: place, problem: "expected an object") }
    self.place = place
    self.members = members
  }

  /// - Throws: if a member was not taken.
  func end() throws(JSONError) {
    if let name = members.keys.min() { throw JSONError(place: place, problem: "unknown member \(quoted(name.utf8))") }
  }

  mutating func string(_ name: String) throws(JSONError) -> String {
    guard let text = try take(name) as? String else { throw wrong(name, "expected a string") }
    return text
  }

  /// A number from 0, finite.
  mutating func number(_ name: String) throws(JSONError) -> Double {
    guard let number = Self.number(try take(name)), number >= 0, number.isFinite else {
      throw wrong(name, "expected a number that is not negative")
    }
    return number
  }

  /// A whole number in the range.
  mutating func integer(_ name: String, in range: ClosedRange<Int> = 0...1 << 53) throws(JSONError) -> Int {
    guard let number = Self.number(try take(name)).flatMap(Int.init(exactly:)), range.contains(number) else {
      throw wrong(name, "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func array<Element>(
    _ name: String, _ element: (inout StrictObject) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    guard let items = try take(name) as? [Any] else { throw wrong(name, "expected an array") }
    var result: [Element] = []
    for item in items {
      result.append(try Self.read(item, at: "\(self.path(name))[\(result.count)]", element))
    }
    return result
  }

  mutating func object<Value>(
    _ name: String, _ body: (inout StrictObject) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    try Self.read(try take(name), at: path(name), body)
  }

  /// A member that is there in any case, as an object or as `null`.
  mutating func objectOrNull<Value>(
    _ name: String, _ body: (inout StrictObject) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    let value = try take(name)
    return value is NSNull ? nil : try Self.read(value, at: path(name), body)
  }

  /// Reads a value as an object, and all of it.
  static func read<Value>(
    _ value: Any, at place: String = "", _ body: (inout StrictObject) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    var object = try StrictObject(value, at: place)
    let result = try body(&object)
    try object.end()
    return result
  }

  private mutating func take(_ name: String) throws(JSONError) -> Any {
    guard let value = members.removeValue(forKey: name) else {
      throw JSONError(place: place, problem: "member \"\(name)\" is missing")
    }
    return value
  }

  /// Foundation gives numbers and truth values as one type; only numbers are numbers here.
  private static func number(_ value: Any) -> Double? {
    if value is Bool, (value as? NSNumber)?.objCType.pointee == CChar(UInt8(ascii: "c")) { return nil }
    return (value as? NSNumber)?.doubleValue
  }

  private func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
  private func wrong(_ name: String, _ problem: String) -> JSONError { JSONError(place: path(name), problem: problem) }
}
