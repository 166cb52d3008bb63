// apus_engine_…: an instruction set and a pool of threads.

import ApusCalls
import ApusField
public import CApus

final class EngineHandle: Handle {
  static let argument = "engine"
  let engine: Engine

  init(_ engine: Engine) { self.engine = engine }
}

extension InstructionSet {
  fileprivate var text: StaticString {
    switch self {
    case .portable: "portable"
    case .avx2: "avx2"
    case .avx512: "avx512"
    }
  }
}

@c @implementation
public func apus_engine_create(
  _ instruction_set: UnsafePointer<CChar>?, _ threads: Int, _ engine: UnsafeMutablePointer<OpaquePointer?>?
) -> apus_status {
  status { try EngineHandle.create(in: engine) { try makeEngine(instruction_set, threads, Tuning()) } }
}

@c @implementation
public func apus_engine_create_tuned(
  _ profile: UnsafePointer<CChar>?, _ instruction_set: UnsafePointer<CChar>?, _ threads: Int,
  _ engine: UnsafeMutablePointer<OpaquePointer?>?
) -> apus_status {
  status {
    try EngineHandle.create(in: engine) {
      let path = try requiredName(profile, "profile", atMost: 4095)
      return try makeEngine(instruction_set, threads, try Tuning(profile: path))
    }
  }
}

private func makeEngine(
  _ instructionSet: UnsafePointer<CChar>?, _ threads: Int, _ tuning: Tuning
) throws -> EngineHandle {
  let name = try optionalName(instructionSet, "instruction_set")
  let isa = name.map { InstructionSet(rawValue: $0) }
  if let name, isa == .some(nil) {
    throw CallError.argument(
      "instruction_set \"\(name)\" is unknown; known are \(InstructionSet.allCases.map(\.rawValue))")
  }
  return EngineHandle(
    try Engine(instructionSet: isa ?? nil, threads: threads == 0 ? nil : threads, tuning: tuning))
}

@c @implementation
public func apus_engine_destroy(_ engine: OpaquePointer?) { EngineHandle.destroy(engine) }

@c @implementation
public func apus_engine_instruction_set(_ engine: OpaquePointer?) -> UnsafePointer<CChar>? {
  EngineHandle.optional(engine).map {
    UnsafeRawPointer($0.engine.instructionSet.text.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}

@c @implementation
public func apus_engine_threads(_ engine: OpaquePointer?) -> Int { EngineHandle.optional(engine)?.engine.threads ?? 0 }
