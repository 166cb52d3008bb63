// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "fibonacci",
  dependencies: [.package(name: "apus", path: "../..")],
  targets: [
    .executableTarget(
      name: "fibonacci",
      dependencies: [
        .product(name: "ApusField", package: "apus"), .product(name: "ApusSTARK", package: "apus"),
      ])
  ]
)
