// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// Stands for a protocol that has no folder yet: it reads no input, writes no output, and says so in an error that
/// every client can at least show.
enum UnbuiltProtocol: WireProtocol {
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        throw unsupported(call.dialect)
    }

    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        throw unsupported(call.dialect)
    }

    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var body: [UInt8] = []
        var members = Fields([("__type", .string(error.shape)), ("message", .string(error.message ?? ""))])
        for (name, value) in error.fields { members.setDefault(name, value) }
        JSON.write(.structure(members), into: &body)
        let headers = [
            Header("Content-Type", "application/json"), Header("x-amzn-RequestId", context.requestID),
            Header("x-amzn-ErrorType", error.shape),
        ]
        return Rendered(status: error.status, headers: headers + error.headers, body: body)
    }

    private static func unsupported(_ dialect: Dialect) -> WireError {
        WireError(
            "NotImplemented", status: 501, message: "awry does not speak \(dialect.protocolName.name) yet")
    }
}
