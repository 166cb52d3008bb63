// How much memory a stretch of work takes beyond what the process held when it began.

import CApusRuntime
import Glibc

struct MemoryGrowth {
  private let before: UInt64

  init() {
    // From here on the kernel keeps a new peak, where it lets us ask for that; otherwise growth is what exceeds the old one.
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    before = apus_peak_resident_bytes()
  }

  var bytes: UInt64 { apus_peak_resident_bytes() - before }
}
