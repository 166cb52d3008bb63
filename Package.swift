// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ module: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(module)Tests", dependencies: ["ApusTestSupport"] + dependencies, swiftSettings: strict)
}

let package = Package(
  name: "apus",
  products: [
    .library(name: "ApusField", targets: ["ApusField"]),
    .library(name: "ApusNTT", targets: ["ApusNTT"]),
    .library(name: "ApusPoseidon2", targets: ["ApusPoseidon2"]),
    .library(name: "ApusDigest", targets: ["ApusDigest"]),
    .library(name: "ApusMerkle", targets: ["ApusMerkle"]),
    .library(name: "ApusSTARK", targets: ["ApusSTARK"]),
    .library(name: "ApusScript", targets: ["ApusScript"]),
    .library(name: "ApusStatements", targets: ["ApusStatements"]),
    // The C ABI. CSupport/install.sh links libapus.so.1 from it: a product named like the executable would be dropped.
    .library(name: "ApusC", type: .static, targets: ["ApusC"]),
    // The C ABI of Script, apart: a user of the prover's needs no libsecp256k1.
    .library(name: "ApusScriptC", type: .static, targets: ["ApusScriptC"]),
    .executable(name: "apus", targets: ["apus"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Floor 0: C. Built without extra flags; each instruction set is chosen inside the sources.
    .target(name: "CApusKernels", path: "CSupport/CApusKernels"),
    .target(name: "CApusRuntime", path: "CSupport/CApusRuntime"),
    .target(name: "CApus", path: "CSupport/CApus"),
    .target(name: "CApusScript", path: "CSupport/CApusScript"),
    .systemLibrary(name: "CGMP", path: "CSupport/CGMP", providers: [.apt(["libgmp-dev"])]),
    .systemLibrary(name: "CBLAS", path: "CSupport/CBLAS", providers: [.apt(["libblas-dev"])]),
    .systemLibrary(name: "CSecp256k1", path: "CSupport/CSecp256k1", providers: [.apt(["libsecp256k1-dev"])]),

    // Floors 1 to 5: Swift.
    room("ApusField", ["CApusKernels", "CApusRuntime"]),
    room("ApusBench", ["CApusRuntime"]),
    room("ApusNTT", ["ApusField", "CApusKernels"]),
    room("ApusPoseidon2", ["ApusField", "CApusKernels"]),
    room("ApusDigest", ["ApusField", "CApusKernels"]),
    room("ApusMerkle", ["ApusField", "ApusPoseidon2", "ApusDigest", "CApusKernels"]),
    room("ApusScript", ["ApusDigest", "CSecp256k1"]),
    room(
      "ApusSTARK",
      ["ApusField", "ApusNTT", "ApusPoseidon2", "ApusDigest", "ApusMerkle", "CApusKernels"]),
    room("ApusStatements", ["ApusField", "ApusDigest", "ApusPoseidon2", "ApusSTARK"]),

    // Floor 6: the C ABIs. Their functions implement what the headers in CApus and CApusScript declare; the compiler
    // compares the two.
    room("ApusCalls", []),
    room("ApusC", ["ApusCalls", "ApusStatements", "ApusSTARK", "ApusMerkle", "ApusField", "CApusRuntime", "CApus"]),
    room("ApusScriptC", ["ApusCalls", "ApusScript", "CApusScript"]),

    // Facts that are embedded in what uses them. Client programs in Examples/ are no part of this target.
    .target(
      name: "ApusExamples", path: "Examples", exclude: ["c", "cpp", "rust", "swift"], sources: ["OneDay.swift"],
      resources: [.embedInCode("one-day-822528.csv")], swiftSettings: strict),

    // Floor 8: what `apus bench` runs. GMP and BLAS are baselines here, and under no library product.
    .target(
      name: "ApusSuites",
      dependencies: [
        "ApusBench", "ApusField", "ApusNTT", "ApusPoseidon2", "ApusMerkle", "ApusScript", "ApusSTARK",
        "ApusStatements", "ApusExamples",
        "CApusKernels", "CApusRuntime", "CGMP", "CBLAS",
      ],
      path: "Benchmarks", exclude: ["RESULTS.md"], swiftSettings: strict),

    // Floor 9: the command line.
    .executableTarget(
      name: "apus",
      dependencies: [
        "ApusBench", "ApusSuites", "ApusField", "ApusMerkle", "ApusPoseidon2", "ApusScript", "ApusSTARK",
        "ApusStatements", "ApusExamples",
        "CApusKernels", "CApusRuntime",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests. GMP is their independent oracle and stays out of every library.
    .target(
      name: "ApusTestSupport", dependencies: ["ApusField", "ApusBench", "CApusRuntime", "CGMP"],
      path: "Tests/ApusTestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "apus-fuzz",
      dependencies: [
        "ApusTestSupport", "ApusField", "ApusBench", "ApusScript", "ApusSTARK", "ApusStatements", "ApusExamples",
        "CApusRuntime",
      ],
      path: "Tests/Fuzz", swiftSettings: strict),
    .target(
      name: "ApusScriptCases", dependencies: ["ApusTestSupport", "ApusScript", "ApusDigest", "CSecp256k1"],
      path: "Tests/ApusScriptCases", swiftSettings: strict),
    .executableTarget(
      name: "apus-differential", dependencies: ["ApusScriptCases", "ApusScript"], path: "Tests/Differential",
      swiftSettings: strict),
    tests("CApusRuntime", ["CApusRuntime"]),
    tests("ApusField", ["ApusField", "CApusKernels"]),
    tests("ApusBench", ["ApusBench", "CApusRuntime"]),
    tests("ApusNTT", ["ApusNTT", "ApusField"]),
    tests("ApusPoseidon2", ["ApusPoseidon2", "ApusField"]),
    tests("ApusDigest", ["ApusDigest", "ApusField", "CApusKernels"]),
    tests("ApusMerkle", ["ApusMerkle", "ApusField", "ApusDigest", "ApusPoseidon2", "CApusKernels"]),
    tests("ApusScript", ["ApusScript", "ApusScriptCases", "ApusDigest"]),
    tests(
      "ApusSTARK",
      [
        "ApusSTARK", "ApusStatements", "ApusExamples", "ApusField", "ApusNTT", "ApusMerkle", "ApusPoseidon2",
        "ApusDigest", "CApusKernels",
      ]),
    tests(
      "ApusStatements",
      ["ApusStatements", "ApusExamples", "ApusSTARK", "ApusPoseidon2", "ApusField", "ApusDigest"]),
    tests("ApusC", ["ApusC", "CApus", "ApusExamples", "ApusStatements", "ApusSTARK", "ApusField"]),
    tests("ApusScriptC", ["ApusScriptC", "ApusScript", "CApusScript"]),
    tests("ApusCommand", ["apus", "ApusScript", "ApusExamples", "ApusStatements", "ApusPoseidon2", "ApusField"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
