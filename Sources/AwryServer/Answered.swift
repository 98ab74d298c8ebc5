// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryWire

/// What will go out for a call, before and after the effect's modifiers.
struct Answered {
    var content: Reply.Content
    var delay: Duration = .zero
    /// Bytes of the body a second; 0 where that is not limited.
    var bandwidth = 0
    /// The error's code as the client will name it, for the journal and the log.
    var error: String?
    /// Whether a scenario wrote the answer by hand: such bytes get no marks.
    var isRaw = false
    init(_ rendered: Rendered, error: String? = nil) {
        content = .message(
            Reply.Message(
                status: rendered.status, headers: rendered.headers, body: rendered.body, stored: rendered.stored))
        self.error = error
    }

    init(_ raw: RawAnswer) {
        isRaw = true
        switch raw {
        case .message(let status, let reason, let headers, let omitted, let body):
            content = .message(
                Reply.Message(status: status, reason: reason, headers: headers, body: body, omitted: omitted))
        case .file(let status, let reason, let headers, let omitted, let file):
            var message = Reply.Message(status: status, reason: reason, headers: headers, omitted: omitted)
            message.stored = Blob(file)
            content = .message(message)
        case .bytes(let bytes, let close):
            content = .bytes(bytes, close: close)
        }
    }

    /// An answer of which a fault leaves nothing.
    init(_ fault: ConnectionFault) {
        content = .broken(nil, fault)
        isRaw = true
    }

    /// The status on the wire; 0 where the bytes were written by hand, or none come.
    var status: Int {
        switch content {
        case .message(let message), .streamed(let message), .live(let message, _), .broken(let message?, _):
            message.status
        case .bytes, .broken(nil, _): 0
        }
    }

    /// Breaks it: what is left of it is for the connection to say.
    mutating func damage(_ fault: ConnectionFault) {
        guard case .message(let message) = content else { return }
        content = .broken(fault.kind.cutsAnswer ? message : nil, fault)
        isRaw = true
    }

    /// Sets, replaces or removes headers; bytes written by hand have none.
    mutating func change(_ changes: [HeaderChange]) {
        guard case .message(var message) = content else { return }
        for change in changes {
            let name = change.name.lowercased()
            let first = message.headers.firstIndex { $0.name.lowercased() == name }
            message.headers.removeAll { $0.name.lowercased() == name }
            guard let value = change.value else {
                message.omitted.append(name)
                continue
            }
            let place = min(first ?? message.headers.count, message.headers.count)
            message.headers.insert(Header(change.name, value), at: place)
        }
        content = .message(message)
    }

    /// Whether a scenario says what the Date header is, or that there is none.
    var saysDate: Bool {
        guard case .message(let message) = content else { return true }
        return message.headers.contains { $0.name.lowercased() == "date" }
            || message.omitted.contains { $0.lowercased() == "date" }
    }

    /// Appends a header; bytes written by hand have none.
    mutating func append(_ name: String, _ value: String) {
        append { $0.append(Header(name, value)) }
    }

    /// Says which request this answers, and which rule decided it.
    mutating func mark(request: String, rule: String?) {
        append { headers in
            headers.append(Header("x-awry-request", request))
            if let rule { headers.append(Header("x-awry-rule", rule)) }
        }
    }

    private mutating func append(_ more: (inout [Header]) -> Void) {
        guard case .message(var message) = content else { return }
        // Left in `content`, the headers would have two owners and be copied.
        content = .bytes([], close: false)
        more(&message.headers)
        content = .message(message)
    }
}
