// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

extension CBORProtocol {
    /// The input in a CBOR body. RPC v2 may leave out the body of an input without members set.
    ///
    /// Null members count as absent and unknown ones are passed over, as in JSON, whose words tell of wrong types.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        guard let input = call.operation.input else { return [:] }
        if body.isEmpty, call.dialect == .cbor { return [:] }
        do {
            return try decode(body, as: call.service[input], of: call.service, epoch(call.dialect))
        } catch {
            throw JSONProtocol.refusal(error, by: call.service)
        }
    }

    /// The structure in a CBOR body, typed by its shape.
    static func decode(
        _ body: ArraySlice<UInt8>, as shape: Shape, of service: Service, _ epoch: CBOR.Epoch
    ) throws(JSONMisfit) -> Fields {
        let value: Value
        do {
            value = try CBOR.parse(body, epoch: epoch)
        } catch {
            // What AWS says here is not on record.
            throw JSONMisfit(message: "not CBOR at byte \(error.offset): \(error.message)")
        }
        return try JSONValueReader(service: service, notation: .cbor(epoch)).document(value, shape)
    }
}
