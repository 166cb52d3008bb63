// Whether the machine has the memory that a proof will take: asked before, because the prover cannot go on without.

import ApusCalls
import CApus
import CApusRuntime
import Glibc

/// Throws if the machine (or this process's cgroup) does not have that much, or the system would not map it.
func requireMemory(_ bytes: Int) throws(CallError) {
  var topology = apus_topology()
  apus_topology_read(&topology)
  let present = topology.memory_bytes
  guard present == 0 || UInt64(bytes) <= present else {
    throw CallError(APUS_NO_RESOURCES, "the proof takes up to \(bytes) bytes of memory; the machine has \(present)")
  }
  // Untouched pages cost nothing; what refuses here is a limit on address space or strict overcommit accounting.
  let probe = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
  guard probe != MAP_FAILED else {
    throw CallError(APUS_NO_RESOURCES, "the proof takes up to \(bytes) bytes of memory; the system refuses them")
  }
  munmap(probe, bytes)
}
