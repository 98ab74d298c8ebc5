// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension CBORProtocol {
    /// An output that is a stream: framed as JSON's (`initial-response` first, Smithy's RPC v2 CBOR, "Event streams"),
    /// with CBOR in the events.
    ///
    /// No service that speaks RPC v2 has one yet. SubscribeToShard is JSON even in Java's clients, which fall back to
    /// it for streams alone; who asks in CBOR is answered in CBOR.
    static func encodeStream(
        _ output: Fields, _ member: Member, of call: IdentifiedCall, _ shape: Shape, by writer: CBORValueWriter
    ) throws(ShapeMismatch) -> [UInt8] {
        try JSONProtocol.encodeStream(
            output, member, of: call, shape, by: writer, contentType: contentType(call.dialect))
    }
}
