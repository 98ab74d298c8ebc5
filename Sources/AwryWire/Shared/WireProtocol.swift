// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// One AWS protocol. Each has its folder, with its decoding, encoding and errors in a file each; `Wire` picks among
/// them.
protocol WireProtocol {
    /// The input that a request carries, typed by the model and not yet validated. Absent members stay absent.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields

    /// The answer that carries this output.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered

    /// The answer that carries this error; without a service where the request could not be identified.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered

    /// How it writes events; nil where it has no streams of them.
    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)?
}

extension WireProtocol {
    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)? { nil }
}
