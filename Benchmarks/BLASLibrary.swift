// Which BLAS runs: distributions let several stand in for each other behind one name.

import CApusRuntime
import Glibc

struct BLASLibrary {
  /// The library's file, without links, and where it tells, the processor type that its kernels are for.
  let name: String

  /// The one that this process calls.
  static var loaded: BLASLibrary { BLASLibrary(name: ([fileName] + coreName).joined(separator: " ")) }

  /// Where the library has threads of its own: baselines are measured on one, as kernels are.
  func useOneThread() {
    typealias SetThreads = @convention(c) (Int32) -> Void
    if let address = dlsym(nil, "openblas_set_num_threads") { unsafeBitCast(address, to: SetThreads.self)(1) }
  }

  private static var fileName: String {
    var path = [CChar](repeating: 0, count: 4096)
    apus_library_path(dlsym(nil, "cblas_dgemm"), &path, path.count)
    let text = String(decoding: path.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: "/").last.map(String.init) ?? "BLAS"
  }

  private static var coreName: [String] {
    typealias CoreName = @convention(c) () -> UnsafePointer<CChar>?
    guard let address = dlsym(nil, "openblas_get_corename"),
      let name = unsafeBitCast(address, to: CoreName.self)()
    else { return [] }
    return [String(cString: name)]
  }
}
