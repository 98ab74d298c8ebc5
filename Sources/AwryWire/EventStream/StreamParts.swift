// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Wire {
    /// More events of a stream whose beginning `encodeOutput` wrote: those of an output's stream, as they go over the
    /// wire. Nothing where the operation answers with no stream.
    ///
    /// Throws `InternalFailure` as `encodeOutput` does.
    public static func encodeEvents(_ output: Fields, of call: IdentifiedCall) throws(WireError) -> [UInt8] {
        guard let (member, shape, format) = stream(of: call) else { return [] }
        do {
            return try format.stream(output[member.name], shape)
        } catch {
            throw WireError("InternalFailure", status: 500, message: "\(error.below(member.name))")
        }
    }

    /// The error that ends a stream of events, as it goes over the wire.
    public static func encodeEvent(_ error: WireError, of call: IdentifiedCall) -> [UInt8] {
        guard let (_, shape, format) = stream(of: call) else { return [] }
        var bytes: [UInt8] = []
        format.message(error, in: shape).write(into: &bytes)
        return bytes
    }

    private static func stream(of call: IdentifiedCall) -> (Member, Shape, any EventFormat)? {
        guard let output = call.operation.output, let member = call.service.eventStream(of: call.service[output]),
            let format = eventFormat(call)
        else { return nil }
        return (member, call.service[member.shape], format)
    }
}
