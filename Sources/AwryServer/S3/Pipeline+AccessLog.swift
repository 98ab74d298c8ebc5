// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryServices
import AwryWire
import AwryXML

/// Requests to buckets as their access logs tell of them.
extension Pipeline {
    /// Notes an answer for the logs of the buckets that the call was about.
    func logAccess(_ call: Call, _ answered: Answered, _ body: CallBody, _ input: Fields?) {
        guard call.identified.service.name == "s3",
            let bucket = call.identified.label("Bucket") ?? input?["Bucket"]?.string
        else { return }
        var record = AccessRecord(
            bucket: bucket, operation: call.loggedOperation, time: call.sandbox.clock.now,
            requestID: call.context.requestID)
        record.describe(call)
        record.key = input?["Key"]?.string ?? call.identified.label("Key")
        record.versionID = input?["VersionId"]?.string
        record.status = answered.status == 0 ? nil : answered.status
        record.error = answered.error
        record.milliseconds =
            answered.delay.components.seconds * 1000
            + answered.delay.components.attoseconds / 1_000_000_000_000_000
        record.measure(answered, sent: body.data, call)
        let failed = call.identified.operation.name == "DeleteObjects" ? answered.failedKeys : [:]
        call.sandbox.world.note([record] + record.parts(input ?? [:], failed: failed))
    }
}

extension Call {
    fileprivate var loggedOperation: String {
        let method = request.head.method
        if identified.dialect == .website { return "WEBSITE.\(method).OBJECT" }
        return AccessRecord.name(of: identified.operation.name, method: method)
    }
}

extension IdentifiedCall {
    fileprivate func label(_ name: String) -> String? { labels.first { $0.name == name }?.value }
}

extension AccessRecord {
    /// What the head of the request says.
    fileprivate mutating func describe(_ call: Call) {
        let (head, credential) = (call.request.head, call.identified.credential)
        address = call.request.arrival.peer
        requester = credential.placement == .none ? nil : call.caller.principal
        let query = head.query.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
        request = "\(head.method) \(call.request.path)\(query) HTTP/1.\(head.minorVersion)"
        referer = head.text("referer")
        userAgent = head.text("user-agent")
        hostID = call.context.hostID
        host = head.hostText
        if credential.placement != .none { signature = credential.date == nil ? "SigV2" : "SigV4" }
        switch credential.placement {
        case .header: authentication = "AuthHeader"
        case .query: authentication = "QueryString"
        case .none, .form: break
        }
    }

    /// How much went to and fro.
    fileprivate mutating func measure(_ answered: Answered, sent: Blob?, _ call: Call) {
        guard case .message(let message) = answered.content else { return }
        let hasBody = call.request.head.method != "HEAD" && message.status != 204 && message.status != 304
        bytesSent = hasBody ? message.bodyCount : 0
        guard error == nil else { return }
        func header(_ name: String) -> String? { message.headers.first { $0.name.lowercased() == name }?.value }
        switch operation.split(separator: ".").last {
        case "OBJECT" where call.request.head.method == "GET" || call.request.head.method == "HEAD":
            objectSize =
                (header("content-range")?.split(separator: "/").last ?? header("content-length")?[...])
                .flatMap { Int($0) } ?? message.bodyCount
        case "OBJECT" where call.request.head.method == "PUT" && !operation.contains("COPY"), "PART":
            objectSize = sent?.count
        default: break
        }
    }
}

extension Answered {
    /// The keys that the answer to a batch's call says it did not delete, with the errors' codes.
    fileprivate var failedKeys: [String: String] {
        guard case .message(let message) = content, let document = try? XMLDocument(message.body[...]) else {
            return [:]
        }
        var failed: [String: String] = [:]
        for error in document.root.children where error.isNamed("Error") {
            if let key = error.first("Key")?.text, let code = error.first("Code")?.text { failed[key] = code }
        }
        return failed
    }
}
