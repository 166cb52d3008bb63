// swift-tools-version: 6.2
import PackageDescription

let apus: [Target.Dependency] = [
  .product(name: "ApusField", package: "apus"), .product(name: "ApusSTARK", package: "apus"),
]

let package = Package(
  name: "examples",
  dependencies: [.package(name: "apus", path: "../..")],
  targets: [
    .executableTarget(name: "fibonacci", dependencies: apus),
    .executableTarget(name: "coins", dependencies: apus),
    .executableTarget(
      name: "preimage",
      dependencies: [.product(name: "ApusDigest", package: "apus"), .product(name: "ApusScript", package: "apus")]),
  ]
)
