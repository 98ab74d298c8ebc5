// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// The only entrance to the protocols: reads requests and writes answers in the dialect of the call.
public enum Wire {
    /// The input that a request carries, typed by the model and not yet validated. Absent members stay absent.
    ///
    /// Throws what AWS answers to a body that cannot be read (`SerializationException`, `MalformedInput`,
    /// `MalformedXML`).
    ///
    /// A body that is one member's bytes stays where it lies; any other is read. Trailers count as headers.
    public static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: Blob, trailers: [Header] = []
    ) throws(WireError) -> Fields {
        if call.isFormUpload { return try FormUpload(body, head).input(for: call) }
        guard call.dialect == .restXML || call.dialect == .website else {
            return try decodeInput(call, head: head, body: body.bytes)
        }
        return try RESTXMLProtocol.decodeInput(call, head: head, body: body, trailers: trailers)
    }

    /// The same of a body in memory.
    public static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        if call.isFormForQuery {
            return try spoken(call.dialect).decodeInput(call, head: head.asGet(query: body), body: [])
        }
        return try spoken(call.dialect).decodeInput(call, head: head, body: body)
    }

    /// The answer that carries this output. Members that the model does not know are left out.
    ///
    /// Throws `InternalFailure` where a member's value cannot be written as the model's type: that is the fake's or the
    /// scenario's mistake, and the message names the member.
    public static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        try spoken(call.dialect).encodeOutput(output, of: call, context)
    }

    /// The answer that carries this error, spelt as the call's protocol spells it.
    public static func encodeError(
        _ error: WireError, of call: IdentifiedCall, _ context: AnswerContext
    ) -> Rendered {
        let error = error.spelt(in: call.dialect.protocolName, of: call.service)
        return spoken(call.dialect).encodeError(error, dialect: call.dialect, service: call.service, context)
    }

    /// The answer that carries this error where the operation, and perhaps the service, is unknown.
    public static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        spoken(dialect).encodeError(error, dialect: dialect, service: service, context)
    }

    /// S3's 200 that was sent before the operation failed: white space that kept the connection alive, then the error.
    public static func encodeLateError(
        _ error: WireError, of call: IdentifiedCall, _ context: AnswerContext
    ) -> Rendered {
        LateError.rendered(encodeError(error, of: call, context), status: call.operation.traits.responseCode)
    }

    /// How the call's protocol writes events; nil where it has no streams of them.
    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)? {
        spoken(call.dialect).eventFormat(call)
    }

    private static func spoken(_ dialect: Dialect) -> any WireProtocol.Type {
        switch dialect {
        case .json: JSONProtocol.self
        case .query: QueryProtocol.self
        case .restXML: RESTXMLProtocol.self
        case .restJSON: RESTJSONProtocol.self
        case .ec2: EC2Protocol.self
        case .cbor, .jsonCBOR: CBORProtocol.self
        case .website: WebsiteProtocol.self
        case .metadata: MetadataProtocol.self
        }
    }
}
