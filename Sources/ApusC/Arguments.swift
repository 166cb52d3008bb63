// Security levels and hashes that C names.

import ApusCalls
import ApusMerkle
import ApusSTARK

func security(_ text: UnsafePointer<CChar>?) throws(CallError) -> SecurityPreset {
  guard let name = try optionalName(text, "security") else { return .proven128 }
  guard let preset = SecurityPreset.named(name) else {
    throw .argument("security \"\(name)\" is unknown; known are \(SecurityPreset.all.map(\.name))")
  }
  return preset
}
func hash(_ text: UnsafePointer<CChar>?) throws(CallError) -> MerkleHash {
  guard let name = try optionalName(text, "hash") else { return .blake3 }
  guard let hash = MerkleHash.named(name) else {
    throw .argument("hash \"\(name)\" is unknown; known are \(MerkleHash.allCases.map(\.name))")
  }
  return hash
}
