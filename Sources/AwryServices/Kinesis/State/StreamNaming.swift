// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    /// The stream that a call names, by `StreamName`, `StreamARN`, `ConsumerARN`, `ResourceARN` or `StreamId`; which
    /// must agree where several are given.
    func key(of call: FakeCall) throws(WireError) -> StreamKey {
        var named: StreamKey?
        if let name = call.input["StreamName"]?.string { named = StreamKey(call.place, name) }
        if let arn = call.input["StreamARN"]?.string ?? call.input["ResourceARN"]?.string {
            let key = try key(ofARN: arn, call)
            if let named, named != key {
                throw call.invalid("StreamARN and StreamName must refer to the same stream.")
            }
            named = key
        }
        if let id = call.input["StreamId"]?.string {
            let key = streams.values.first { $0.id == id && $0.key.place == call.place }?.key
            guard let key, named == nil || named == key else {
                throw call.error(
                    "ResourceNotFoundException", "Stream \(id) under account \(call.place.account) not found.")
            }
            named = key
        }
        guard let named else { throw call.invalid("Either StreamName or StreamARN should be provided.") }
        return named
    }

    /// The stream of an ARN. One of another account can be used if it has a policy: whether that allows it is judged
    /// elsewhere.
    func key(ofARN arn: String, _ call: FakeCall) throws(WireError) -> StreamKey {
        guard let key = StreamKey(arn: arn) else { throw call.invalid("\(arn) is no ARN of Amazon Kinesis.") }
        guard key.place.region == call.place.region else { throw call.streamNotFound(key.name, key.place.account) }
        if key.place.account != call.place.account, let stream = streams[key], stream.labels.policy == nil {
            throw call.error(
                "AccessDeniedException",
                "User: arn:aws:iam::\(call.place.account):root is not authorized to perform: "
                    + "kinesis:\(call.operation.name) on resource: \(key.arn) because no resource-based policy allows "
                    + "the kinesis:\(call.operation.name) action")
        }
        return key
    }
}

extension FakeCall {
    func invalid(_ text: String) -> WireError { error("InvalidArgumentException", text) }

    func limitExceeded(_ text: String) -> WireError { error("LimitExceededException", text) }

    func inUse(_ text: String) -> WireError { error("ResourceInUseException", text) }

    /// What the model's validation says in the same way of what it cannot know.
    func constraint(_ text: String) -> WireError {
        error("ValidationException", "1 validation error detected: \(text)")
    }

    func streamNotFound(_ name: String, _ account: String) -> WireError {
        error("ResourceNotFoundException", "Stream \(name) under account \(account) not found.")
    }

    func shardNotFound(_ id: String, in key: StreamKey) -> WireError {
        error(
            "ResourceNotFoundException",
            "Could not find shard \(id) in stream \(key.name) under account \(key.place.account).")
    }

    /// Refuses what a stream takes only while it is ACTIVE.
    func requireActive(_ stream: Stream) throws(WireError) {
        guard stream.status != .active else { return }
        throw inUse(
            "Stream \(stream.key.name) under account \(stream.key.place.account) not ACTIVE, instead in state "
                + stream.status.rawValue)
    }

    /// The place in a stream of the shard that is named so.
    func shardIndex(_ name: String, in stream: Stream) throws(WireError) -> Int {
        guard let number = ShardID.number(name) else { throw shardNotFound(name, in: stream.key) }
        guard let index = stream.index(of: number) else { throw shardNotFound(ShardID.text(number), in: stream.key) }
        return index
    }
}
