// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The operations that a match can meet, as far as it pays to enumerate them.
struct Reach {
    /// An operation and its service.
    struct Target {
        let service: Service
        let operation: Operation

        /// `kinesis.DescribeStream`.
        var name: String { "\(service.name).\(operation.name)" }
    }

    /// A match over more services than this is looked at in the best known of them first: decoding all 424 takes a
    /// noticeable time.
    static let fewServices = 12
    /// The services that most scenarios are about.
    static let preferred = ["s3", "sqs", "kinesis", "iam", "sts", "cognito-idp", "cognito-identity"]

    /// The targets, in the order of the catalogue.
    var targets: [Target] = []
    /// Services that the match names too, but whose operations are not among the targets.
    var further: [String] = []
    /// Tells reaches apart.
    var key = ""
    private var operationGlobs: [Glob] = []

    /// Whether every operation that can be met is among the targets.
    var isComplete: Bool { further.isEmpty }

    /// The operations that pairs of globs name.
    init(_ pairs: [(service: Glob, operation: Glob)], in catalogue: Catalogue) {
        var globs: [(service: String, operations: [Glob])] = []
        let literals = pairs.compactMap(\.service.literal)
        // Names without wildcards, which is nearly all of them, need no walk over the catalogue.
        let names = literals.count == pairs.count ? Set(literals).sorted() : catalogue.serviceNames
        for name in names {
            let operations = pairs.filter { $0.service.matches(name) }.map(\.operation)
            if !operations.isEmpty { globs.append((name, operations)) }
        }
        if globs.count > Reach.fewServices {
            let known = globs.filter { Reach.preferred.contains($0.service) }
            let first = known.isEmpty ? Array(globs.prefix(Reach.fewServices)) : known
            let names = Set(first.map(\.service))
            further = globs.map(\.service).filter { !names.contains($0) }
            operationGlobs = pairs.map(\.operation)
            globs = first
        }
        for (name, operations) in globs {
            guard let service = catalogue.service(name) else { continue }
            targets += Reach.targets(of: service, operations)
        }
    }

    /// No operations.
    init() {}

    /// The remaining targets, service by service, until `isFound` is content with one. Slow: only before a mistake.
    func searchFurther(in catalogue: Catalogue, _ isFound: (Target) -> Bool) -> Bool {
        for name in further {
            guard let service = catalogue.service(name) else { continue }
            if Reach.targets(of: service, operationGlobs).contains(where: isFound) { return true }
        }
        return false
    }

    private static func targets(of service: Service, _ globs: [Glob]) -> [Target] {
        if globs.count == 1, let operation = service.operation(globs[0].pattern) {
            return [Target(service: service, operation: operation)]
        }
        return service.operations.filter { operation in globs.contains { $0.matches(operation.name) } }
            .map { Target(service: service, operation: $0) }
    }
}
