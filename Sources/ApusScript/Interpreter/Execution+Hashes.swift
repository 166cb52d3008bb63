// The hash opcodes: the digest is written straight into the stack's memory.

import ApusDigest

enum HashOpcode {
  case ripemd160, sha1, sha256, hash160, hash256

  var digestCount: Int {
    switch self {
    case .ripemd160, .sha1, .hash160: 20
    case .sha256, .hash256: 32
    }
  }

  /// `digest` has room for 32 bytes.
  func hash(_ message: UnsafeBufferPointer<UInt8>, into digest: UnsafeMutablePointer<UInt8>) {
    switch self {
    case .ripemd160: RIPEMD160.hash(message, into: digest)
    case .sha1: SHA1.hash(message, into: digest)
    case .sha256: SHA256.hash(message, into: digest)
    case .hash160:
      SHA256.hash(message, into: digest)
      RIPEMD160.hash(UnsafeBufferPointer(start: digest, count: 32), into: digest)
    case .hash256:
      SHA256.hash(message, into: digest)
      SHA256.hash(UnsafeBufferPointer(start: digest, count: 32), into: digest)
    }
  }
}

extension Execution {
  @inline(never)
  mutating func hash(_ opcode: HashOpcode) throws(ScriptRule) {
    try need(1)
    machine.pushDigest(of: opcode)
    machine.remove(at: 2)
  }
}

extension ScriptStack {
  /// Pushes the digest of the top element.
  fileprivate mutating func pushDigest(of opcode: HashOpcode) {
    push(longCount: 32) { stack, digest in stack.withBytes(at: 1) { opcode.hash($0, into: digest) } }
    self[1].count = opcode.digestCount
  }
}
