// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How notifications reach the sandbox's queues. There are no topics and no functions, so what is meant for those goes
/// nowhere.
extension S3 {
    /// Something happened: who is to be told is told once the operation is over.
    mutating func happened(_ event: S3Event) { events.append(event) }

    /// Copies what came, and tells of what happened, since this was last done.
    mutating func settle(_ call: FakeCall) {
        judgesServices = call.settings.judgesServices
        // What is copied comes into another bucket, and is told of there.
        var next = 0
        while next < events.count {
            let event = events[next]
            next += 1
            replicate(event)
            guard let bucket = buckets[event.bucket], let document = bucket.configuration[.notification] else {
                continue
            }
            sequence &+= 1
            for rule in NotificationRule.all(document) where rule.destination == .queue && rule.wants(event) {
                // A queue that is gone is not told, and nobody else hears of that.
                _ = try? send(["Records": [record(of: event, for: rule, bucket, call)]], to: rule.arn, call)
            }
        }
        events.removeAll(keepingCapacity: true)
    }

    /// Sends a document to a queue.
    func send(_ document: Value, to arn: String, _ call: FakeCall) throws(WireError) {
        try call.others.call(
            "sqs", "SendMessage",
            ["QueueUrl": .string(Self.queueURL(arn)), "MessageBody": .string(JSON.text(document))],
            at: Self.place(of: arn))
    }

    /// What a queue is told when it is to be told of things ("Event message structure").
    mutating func testEvent(_ bucket: String, _ call: FakeCall) -> Value {
        [
            "Service": "Amazon S3", "Event": "s3:TestEvent",
            "Time": .string(TimeFormats.iso8601(call.now, fraction: .milliseconds)), "Bucket": .string(bucket),
            "RequestId": .string(requestID()), "HostId": .string(hostID()),
        ]
    }

    private mutating func record(
        of event: S3Event, for rule: NotificationRule, _ bucket: Bucket, _ call: FakeCall
    ) -> Value {
        // As forms are encoded.
        let words = event.key.text.split(separator: " ", omittingEmptySubsequences: false)
        let key = words.map { PercentCoding.encode(String($0), keeping: "/") }.joined(separator: "+")
        var object: Fields = ["key": .string(key)]
        if let size = event.size { object["size"] = .integer(Int64(size)) }
        if let etag = event.etag { object["eTag"] = .string(etag) }
        if let id = event.versionID { object["versionId"] = .string(id) }
        object["sequencer"] = .string(sequencer(at: event.time))
        let actor = event.name.isOwn ? "s3.amazonaws.com" : nil
        return [
            "eventVersion": .string(event.name.version), "eventSource": "aws:s3",
            "awsRegion": .string(bucket.region),
            "eventTime": .string(TimeFormats.iso8601(event.time, fraction: .milliseconds)),
            "eventName": .string(event.name.rawValue),
            "userIdentity": ["principalId": .string(actor ?? "AWS:\(call.principal.userID)")],
            "requestParameters": ["sourceIPAddress": .string(actor ?? "127.0.0.1")],
            "responseElements": ["x-amz-request-id": .string(requestID()), "x-amz-id-2": .string(hostID())],
            "s3": [
                "s3SchemaVersion": "1.0", "configurationId": .string(rule.id),
                "bucket": [
                    "name": .string(bucket.name), "ownerIdentity": ["principalId": .string(bucket.acl.owner.id)],
                    "arn": .string(bucket.arn),
                ], "object": .structure(object),
            ],
        ]
    }

    /// A number that grows from event to event, in hexadecimal.
    private func sequencer(at moment: Timestamp) -> String {
        let digits = String(UInt64(bitPattern: moment.seconds) << 24 | sequence & 0xFF_FFFF, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(18 - digits.count, 0)) + digits
    }

    mutating func requestID() -> String {
        let digits = String(identifiers.bits(), radix: 36, uppercase: true)
        return String((String(repeating: "0", count: 16) + digits).suffix(16))
    }

    private mutating func hostID() -> String {
        let words = (0..<7).map { _ in identifiers.bits() }
        return Base64.text(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    }

    /// The URL of the queue of an ARN, as far as SQS looks at it.
    static func queueURL(_ arn: String) -> String {
        ARN(arn).map { "https://sqs.\($0.region).amazonaws.com/\($0.account)/\($0.resource)" } ?? arn
    }

    /// Where the thing of an ARN is.
    static func place(of arn: String) -> Place {
        ARN(arn).map(Place.init(of:)) ?? Place(account: "", region: "")
    }
}
