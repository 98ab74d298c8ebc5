// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Wire {
    /// The output that an answer's body carries, typed by the model, where a JSON body is all that it is and the output
    /// written again is the same JSON; nil where something of it would be lost, or another protocol is spoken.
    public static func decodeOutput(_ body: [UInt8], of call: IdentifiedCall) -> Fields? {
        guard let id = call.operation.output else { return nil }
        let shape = call.service[id]
        switch call.dialect {
        case .json: break
        case .restJSON:
            guard shape.traits.payload == nil, shape.members.allSatisfy({ $0.location == .body }) else { return nil }
        case .restXML, .query, .ec2, .cbor, .jsonCBOR, .website, .metadata: return nil
        }
        guard call.service.eventStream(of: shape) == nil, let sent = try? JSON.parse(body[...]),
            let output = try? JSONValueReader(service: call.service).document(sent, shape)
        else { return nil }
        var written: [UInt8] = []
        do throws(ShapeMismatch) {
            try JSONValueWriter(service: call.service).structure(output, shape, into: &written)
        } catch {
            return nil
        }
        return (try? JSON.parse(written[...])) == sent ? output : nil
    }
}
