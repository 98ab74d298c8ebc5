// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What most of a bucket's settings have in common: one document, put whole, given back as it was put.
///
/// An operation that fits is one line, `getting(.cors, orElse: "NoSuchCORSConfiguration")`; what must hold of a
/// document is said beside it.
extension S3 {
    /// What must hold of a document that is put.
    typealias DocumentCheck = @Sendable (InputReader, FakeCall) throws(WireError) -> Void

    /// Keeps the document in this member of the input.
    static func keeping(
        _ kind: BucketConfiguration.Kind, _ member: String, _ check: @escaping DocumentCheck = { _, _ in }
    ) -> Handler {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let document = try call.document(member)
            try check(document, call)
            state.buckets.values[index].configuration[kind] = document.all
            return .output([:])
        }
    }

    /// Gives a document, as the output or as this member of it; where there is none, the error of this code, or the
    /// document that stands for none.
    static func getting(
        _ kind: BucketConfiguration.Kind, as member: String? = nil, orElse code: String? = nil,
        default empty: Fields = [:]
    ) -> Handler {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            let document = bucket.configuration[kind]
            if document == nil, let code { throw call.lacking(code, bucket.name) }
            let shown = document ?? empty
            return .output(member.map { [$0: .structure(shown)] } ?? shown)
        }
    }

    /// Takes a document away; it is no error that there is none.
    static func removing(_ kind: BucketConfiguration.Kind) -> Handler {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            state.buckets.values[index].configuration[kind] = nil
            return .output([:])
        }
    }
}

extension FakeCall {
    /// The document that a call carries in this member.
    func document(_ member: String) throws(WireError) -> InputReader {
        guard let document = members.structure(member) else { throw refusal("MissingRequestBodyError") }
        return document
    }
}
