// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // What the compiler cannot prove exclusive is checked at run time where tests are built, and no longer in what is
    // shipped: the checks were 2,700 instructions of a request's 73,000.
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// A module of ours: Swift 6 mode, every warning an error.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies,
        exclude: name == "awry" ? ["Documentation.docc"] : [], swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let ordered = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

// The layers, lowest first. A module imports lower layers only, never a neighbour: LayeringTests holds the table.
let package = Package(
    name: "awry",
    products: [.executable(name: "awry", targets: ["awry"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // 0: C
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(name: "COpenSSL"),
        .target(name: "CXML", dependencies: ["CLibXML2"]),
        .target(
            name: "CModels", exclude: ["catalogue.awry", "README.md"],
            cSettings: [.unsafeFlags(["-std=c23"])]),
        .target(name: "CGuide", cSettings: [.unsafeFlags(["-std=c23"])]),
        // 1
        module("AwryCore", ["CPCRE2", ordered]),
        module("AwryXML", ["CXML"]),
        module("AwryDigest", ["CZlib", crypto, cryptoExtras]),
        // 2
        module("AwryHTTP", ["AwryCore"]),
        module("AwryModel", ["AwryCore", "CModels"]),
        module("AwryPolicy", ["AwryCore"]),
        // 3
        module("AwryTransport", ["AwryHTTP", "AwryCore", "CLinux", "COpenSSL", heap]),
        module("AwryWire", ["AwryHTTP", "AwryModel", "AwryCore", "AwryDigest", "AwryXML"]),
        module("AwryScenario", ["AwryModel", "AwryPolicy", "AwryCore", "CYAML", ordered]),
        module("AwryServices", ["AwryModel", "AwryPolicy", "AwryDigest", "AwryXML", "AwryCore", heap, ordered]),
        // 4
        module(
            "AwryServer",
            [
                "AwryTransport", "AwryWire", "AwryScenario", "AwryServices", "AwryHTTP", "AwryModel", "AwryPolicy",
                "AwryDigest", "AwryXML", "AwryCore",
            ]),
        module("AwryControl", ["AwryScenario", "AwryHTTP", "AwryModel", "AwryCore"]),
        // 5
        tool(
            "awry",
            [
                "AwryServer", "AwryControl", "AwryTransport", "AwryWire", "AwryScenario", "AwryServices",
                "AwryHTTP", "AwryModel", "AwryCore", "CGuide", arguments,
            ]),
        tool("awry-models", ["AwryModel", "AwryCore", "CZlib", arguments]),
        // Mutates inputs of the parsers that meet bytes from outside: awry-fuzz TARGET
        .executableTarget(
            name: "awry-fuzz",
            dependencies: [
                "AwryWire", "AwryXML", "AwryScenario", "AwryServices", "AwryPolicy", "AwryHTTP", "AwryModel",
                "AwryCore",
            ],
            path: "Tests/Fuzz",
            exclude: ["corpus"], swiftSettings: strict),
        // Tests mirror Sources
        tests("AwryCoreTests", ["AwryCore"]),
        tests("AwryDigestTests", ["AwryDigest"]),
        tests("AwryHTTPTests", ["AwryHTTP", "AwryCore"]),
        tests("AwryModelTests", ["AwryModel", "AwryCore"]),
        tests("AwryPolicyTests", ["AwryPolicy", "AwryCore"]),
        tests("AwryTransportTests", ["AwryTransport", "AwryHTTP", "AwryCore"]),
        tests("AwryWireTests", ["AwryWire", "AwryXML", "AwryHTTP", "AwryModel", "AwryCore"]),
        tests("AwryScenarioTests", ["AwryScenario", "AwryModel", "AwryCore"]),
        tests("AwryServicesTests", ["AwryServices", "AwryModel", "AwryDigest", "AwryCore"]),
        tests(
            "AwryServerTests",
            [
                "AwryServer", "AwryControl", "AwryTransport", "AwryWire", "AwryScenario", "AwryHTTP", "AwryModel",
                "AwryDigest", "AwryCore",
            ]),
        tests("awryTests", ["awry", "AwryScenario", "AwryModel", "AwryCore"]),
        tests("LayeringTests", []),
    ],
    swiftLanguageModes: [.v6]
)
