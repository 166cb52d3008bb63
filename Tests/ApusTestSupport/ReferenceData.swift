// Reference data that is not part of the repository: vectors of other implementations, real headers.
// Found through APUS_VECTORS, by default the directory `shared` next to the package; tests are skipped without it.

public import Foundation

public enum ReferenceData {
  /// What a skipped test says; for `.enabled(if: ReferenceData.isPresent, ReferenceData.absence)`.
  public static let absence = "needs reference data: set APUS_VECTORS to its directory"

  /// The directory, whether or not it exists. A relative `APUS_VECTORS` counts from the package's root.
  public static let directory: URL = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let chosen = ProcessInfo.processInfo.environment["APUS_VECTORS"] ?? "../shared"
    return URL(fileURLWithPath: chosen, relativeTo: package).standardizedFileURL
  }()

  public static var isPresent: Bool {
    FileManager.default.fileExists(atPath: directory.appendingPathComponent("vectors").path)
  }

  /// The file's bytes, `nil` if there is no such file. Paths count from ``directory``.
  public static func bytes(_ path: String) -> Data? {
    try? Data(contentsOf: directory.appendingPathComponent(path))
  }

  /// The file as untyped JSON, `nil` if it is absent or malformed.
  public static func json(_ path: String) -> Any? {
    bytes(path).flatMap { try? JSONSerialization.jsonObject(with: $0) }
  }

  /// The file as a value of a type; unlike ``json(_:)`` it says what does not fit. Keys stay as they are spelled.
  public static func decode<T: Decodable>(_ type: T.Type, from path: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: directory.appendingPathComponent(path)))
  }
}
