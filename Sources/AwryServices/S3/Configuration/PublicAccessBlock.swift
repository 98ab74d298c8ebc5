// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What is refused, or ignored, because it would let the public in. New buckets refuse all of it since April 2023.
struct PublicAccessBlock: Sendable, Hashable {
    /// Its switches, by the model's names.
    static let names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]

    /// Everything on.
    static let whole = Fields(names.map { ($0, .bool(true)) })
}

extension Bucket {
    /// Whether one of the block's switches is on.
    func blocks(_ name: String) -> Bool { configuration[.publicAccessBlock]?[name]?.bool == true }
}

extension S3 {
    static var getPublicAccessBlock: Handler? {
        getting(
            .publicAccessBlock, as: "PublicAccessBlockConfiguration", orElse: "NoSuchPublicAccessBlockConfiguration")
    }
    static var deletePublicAccessBlock: Handler? { removing(.publicAccessBlock) }
    static var putPublicAccessBlock: Handler? {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let document = try call.document("PublicAccessBlockConfiguration")
            guard !document.all.isEmpty else { throw call.malformedXML() }
            // What is not said is off.
            state.buckets.values[index].configuration[.publicAccessBlock] = Fields(
                PublicAccessBlock.names.map { ($0, .bool(document[$0]?.bool ?? false)) })
            return .output([:])
        }
    }
}
