// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Wire {
    /// Ends a stream of events after so many of them with an error: as a message of kind `exception` where the stream
    /// models the error, else as one of kind `error` (Smithy, "Amazon event stream specification"). A stream of fewer
    /// events ends with the error after all of them; an answer that is no stream stays as it is.
    public static func breakStream(
        _ rendered: inout Rendered, after events: Int, by error: WireError, of call: IdentifiedCall
    ) {
        guard let stream = call.service.eventStream(of: call.operation), let format = eventFormat(call),
            rendered.headers.contains(where: { $0.value == EventMessage.mediaType })
        else { return }
        let kept = format.hasInitialResponse ? max(0, events) &+ 1 : max(0, events)
        var end = rendered.body.startIndex
        for _ in 0..<kept {
            guard end + 4 <= rendered.body.endIndex else { break }
            let length: Int = BigEndian.number(rendered.body[end..<(end + 4)])
            guard length >= EventMessage.overhead, length <= rendered.body.endIndex - end else { break }
            end += length
        }
        rendered.body.removeSubrange(end...)
        format.message(error, in: stream).write(into: &rendered.body)
    }
}
