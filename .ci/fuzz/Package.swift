// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "apus", path: "../..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [
        .product(name: "ApusField", package: "apus"), .product(name: "ApusPoseidon2", package: "apus"),
        .product(name: "ApusSTARK", package: "apus"), .product(name: "ApusStatements", package: "apus"),
      ])
  ]
)
