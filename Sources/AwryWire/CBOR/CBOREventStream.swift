// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension CBORProtocol {
    /// Streams are framed as JSON's, `initial-response` first (Smithy's RPC v2 CBOR, "Event streams").
    ///
    /// No service that speaks RPC v2 has one yet. SubscribeToShard is JSON even in Java's clients, which fall back to
    /// it for streams alone; who asks in CBOR is answered in CBOR.
    static func events(_ call: IdentifiedCall) -> CBOREvents {
        CBOREvents(service: call.service, contentType: contentType(call.dialect), epoch: epoch(call.dialect))
    }

    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)? { events(call) }
}

/// Events whose structures are CBOR.
struct CBOREvents: EventFormat {
    let service: Service
    let contentType: String
    let epoch: CBOR.Epoch

    var hasInitialResponse: Bool { true }

    func document(_ fields: Fields, _ shape: Shape) throws(ShapeMismatch) -> [UInt8] {
        var bytes: [UInt8] = []
        try CBORValueWriter(service: service, epoch: epoch).structure(fields, shape, into: &bytes)
        return bytes
    }

    func document(_ error: WireError) -> [UInt8] {
        CBORProtocol.document(error, named: nil, service, epoch)
    }
}
