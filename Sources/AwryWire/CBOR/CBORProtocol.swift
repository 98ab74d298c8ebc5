// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// AWS's protocols with CBOR bodies: Smithy's RPC v2 CBOR, and the older AWS JSON written in CBOR, which Java's clients
/// of Kinesis speak. They differ in headers, in name spaces, and in what a moment counts.
enum CBORProtocol: WireProtocol {
    static func contentType(_ dialect: Dialect) -> String {
        if case .jsonCBOR(let version) = dialect { "application/x-amz-cbor-\(version)" } else { "application/cbor" }
    }

    static func epoch(_ dialect: Dialect) -> CBOR.Epoch {
        dialect == .cbor ? .seconds : .milliseconds
    }

    /// The headers of every answer, without the content type: RPC v2 names itself in answers too (Smithy's RPC v2
    /// CBOR, "Responses").
    static func headers(_ dialect: Dialect, _ service: Service?, _ context: AnswerContext) -> [Header] {
        var headers = JSONProtocol.identification(context, service)
        if dialect == .cbor { headers.append(Header("smithy-protocol", "rpc-v2-cbor")) }
        return headers
    }

    /// The name space of an error's name. RPC v2 wants a whole shape id (Smithy's RPC v2 CBOR, "Operation error
    /// serialization"); AWS's models have their service's id as the name space. The older protocol is AWS JSON's.
    static func namespace(of shape: String, in service: Service?, _ dialect: Dialect) -> String? {
        guard dialect == .cbor else { return JSONProtocol.namespace(of: shape, in: service) }
        guard let service, service.error(shape) != nil else { return "com.amazon.coral.service" }
        return "com.amazonaws." + service.metadata.serviceID.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
