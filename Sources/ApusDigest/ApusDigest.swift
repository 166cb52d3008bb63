package import ApusField
package import CApusKernels

public enum BLAKE3 {
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    apus_blake3(&digest, bytes, bytes.count)
    return digest
  }
  package static func kernels(for engine: Engine) -> UnsafePointer<apus_hash_kernels> {
    apus_blake3_kernels_for(engine.instructionSet.code)!
  }
}
