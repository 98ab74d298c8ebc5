// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel

/// Measures the catalogue that is built into this tool. Only a release build says anything.
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print how long services take to decode, and look-ups to answer.")

    @Argument(help: "The services to decode.")
    var services = ["s3", "sqs", "kinesis", "iam", "sts", "cognito-idp", "cognito-identity", "ec2"]

    func run() throws {
        let catalogue = Catalogue.shared
        for name in services {
            guard let index = catalogue.serviceIndex(name) else { throw ValidationError("no service \(name)") }
            let first = try time(1, batches: 1) { _ = try catalogue.decode(at: index) }
            let again = try time(5) { _ = try catalogue.decode(at: index) }
            print("decode \(name): \(first / 1000) us at first, \(again / 1000) us again")
        }
        let all = try time(1) {
            for index in 0..<catalogue.serviceCount { _ = try catalogue.decode(at: index) }
        }
        print("decode all \(catalogue.serviceCount): \(all / 1_000_000) ms")
        try lookUps(catalogue)
    }

    private func lookUps(_ catalogue: Catalogue) throws {
        let rounds = 100_000
        let target = Array("Kinesis_20131202.PutRecord".utf8)[...]
        let name = Array("PutRecord".utf8)[...]
        guard let index = catalogue.serviceIndex("kinesis"), let kinesis = catalogue.service(at: index) else { return }
        var found = 0
        let lookUps: [(String, () -> Bool)] = [
            ("nothing (the measure itself)", { true }),
            ("service(at:)", { catalogue.service(at: index) != nil }),
            ("service(_:)", { catalogue.service("kinesis") != nil }),
            ("target(_:)", { catalogue.target(target) != nil }),
            ("operation(bytes:)", { kinesis.operation(bytes: name) != nil }),
            ("operation(_:)", { kinesis.operation("PutRecord") != nil }),
            ("serviceIndexes(signingName:)", { !catalogue.serviceIndexes(signingName: "kinesis".utf8).isEmpty }),
        ]
        for (what, lookUp) in lookUps {
            let taken = time(rounds) { found += lookUp() ? 1 : 0 }
            print("\(what): \(taken) ns")
        }
        guard found == 9 * rounds * lookUps.count else { throw ValidationError("a look-up found nothing") }
        guard let describe = kinesis.operation("DescribeStream") else { return }
        let input: Fields = ["StreamName": "orders", "Limit": 100]
        let validated = time(rounds / 10) {
            found += Validator().validate(input, of: describe, in: kinesis) == nil ? 1 : 0
        }
        print("validate DescribeStream: \(validated) ns")
    }

    /// Nanoseconds that one of `rounds` calls takes on average, in the best of so many batches: whatever else the
    /// machine does makes a batch slower, never quicker.
    private func time(_ rounds: Int, batches: Int = 9, _ body: () throws -> Void) rethrows -> UInt64 {
        var best = UInt64.max
        for _ in 0..<batches {
            let start = Monotonic.now
            for _ in 0..<rounds { try body() }
            best = min(best, (Monotonic.now - start) / UInt64(rounds))
        }
        return best
    }
}
