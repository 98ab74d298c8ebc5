// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Digests that were made of bodies while no lock was held.
private struct Digested: Sendable {
    var bodies: [(blob: Blob, digests: [String: [UInt8]])] = []
}

extension FakeCall {
    /// Bodies up to this are hashed where they are needed; larger ones would hold up a loop, and all who wait for S3.
    private static let quick = 256 << 10

    /// A body of which these digests can be had at once. Nil where somebody has to read it for them: then `digesting`
    /// is what the call comes to, and gives them when the call is asked again, if the body is still the same.
    func digested(_ body: ObjectBody, _ algorithms: @autoclosure () -> Set<ChecksumAlgorithm>) -> ObjectBody? {
        if body.count <= Self.quick { return body }
        let wanted = algorithms()
        if Self.missing(wanted, of: body.blob).isEmpty { return body }
        let known = digestsSoFar.bodies.filter { $0.blob.isSame(as: body.blob) }
        let blob = known.reduce(body.blob) { $0.knowing($1.digests) }
        return Self.missing(wanted, of: blob).isEmpty ? ObjectBody(blob) : nil
    }

    private var digestsSoFar: Digested { worked?.result as? Digested ?? Digested() }

    /// The work that makes these digests.
    func digesting(_ body: ObjectBody, _ algorithms: Set<ChecksumAlgorithm>) -> Outcome {
        let blob = body.blob
        let (missing, before) = (Self.missing(algorithms, of: blob), digestsSoFar)
        return .work(
            Work {
                var sums = missing.map { Checksum($0) }
                blob.forEachPiece { piece in
                    for index in sums.indices { sums[index].update(piece) }
                }
                let digests = sums.map { ($0.algorithm.rawValue, $0.finish()) }
                return Digested(bodies: before.bodies + [(blob, Dictionary(uniqueKeysWithValues: digests))])
            })
    }

    private static func missing(_ algorithms: Set<ChecksumAlgorithm>, of blob: Blob) -> Set<ChecksumAlgorithm> {
        algorithms.filter { blob.knownDigest($0.rawValue) == nil }
    }
}
