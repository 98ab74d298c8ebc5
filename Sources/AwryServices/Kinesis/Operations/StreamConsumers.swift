// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var registerStreamConsumer: Handler? { register }
    static var deregisterStreamConsumer: Handler? { deregister }
    static var describeStreamConsumer: Handler? { describeConsumer }
    static var listStreamConsumers: Handler? { listConsumers }

    private static func register(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("ConsumerName")
        let hasAdvantage = state.hasAdvantage(try state.key(of: call).place, call.now)
        return try state.onStream(of: call) { (stream) throws(WireError) in
            let account = stream.key.place.account
            guard stream.isUsable else {
                throw call.inUse(
                    "Stream \(stream.key.name) under account \(account) not ACTIVE, instead in state "
                        + stream.status.rawValue)
            }
            if stream.consumers.contains(where: { $0.name == name }) {
                throw call.inUse(
                    "Consumer \(name) under stream \(stream.key.name) already exists for account \(account).")
            }
            let tags = try call.tags(call.members.fields("Tags"), beside: [:])
            let creating = stream.consumers.count { $0.status == .creating }
            let most =
                stream.isOnDemand && hasAdvantage ? KinesisLimits.advantageConsumers : KinesisLimits.consumers
            guard stream.consumers.count < most, creating < KinesisLimits.creatingConsumers else {
                throw call.limitExceeded(
                    "Consumer limit exceeded for stream \(stream.key.name) under account \(account): at most "
                        + "\(most) registered, and \(KinesisLimits.creatingConsumers) of them "
                        + "CREATING.")
            }
            let consumer = StreamConsumer(
                name: name, createdAt: call.now, changesAt: call.now + call.transition(.consumer),
                labels: StreamLabels(tags: tags))
            // Told as it is at first, even where it is there at once.
            let value = consumer.value(of: stream.key)
            stream.consumers.append(consumer)
            return .output(["Consumer": .structure(value)])
        }
    }

    private static func deregister(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let (key, name) = try state.consumer(of: call)
        try state.onStream(key, call) { (stream) throws(WireError) in
            guard let index = stream.consumers.firstIndex(where: { $0.name == name }) else { return }
            stream.consumers[index].status = .deleting
            stream.consumers[index].changesAt = call.now + call.transition(.consumer)
            stream.settle(call.now)
        }
        for subscription in state.subscriptions.values
        where subscription.stream == key && subscription.consumer == name {
            let span = call.transition(.consumer)
            state.wake(subscription.number, at: span > .zero ? call.now + span : nil)
        }
        return .output([:])
    }

    private static func describeConsumer(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let (key, name) = try state.consumer(of: call)
        return try state.onStream(key, call) { (stream) throws(WireError) in
            guard let consumer = stream.consumers.first(where: { $0.name == name }) else {
                throw call.consumerNotFound(name, key)
            }
            var fields = consumer.value(of: key)
            fields["StreamARN"] = .string(key.arn)
            return .output(["ConsumerDescription": .structure(fields)])
        }
    }

    private static func listConsumers(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let limit = min(Int(clamping: members.integer("MaxResults") ?? .max), KinesisLimits.listedConsumers)
        return try state.onStream(of: call) { (stream) throws(WireError) in
            if let wanted = members["StreamCreationTimestamp"]?.moment, wanted.seconds != stream.createdAt.seconds {
                throw call.streamNotFound(stream.key.name, stream.key.place.account)
            }
            var start = 0
            if let text = members.optionalText("NextToken") {
                guard let token = StreamToken(text, for: .consumers), token.stream == stream.number else {
                    throw call.invalid("The NextToken is invalid.")
                }
                try call.checkToken(issued: token.issued)
                start = Int(clamping: token.position)
            }
            let rest = stream.consumers.dropFirst(start)
            let page = rest.prefix(limit)
            var output: Fields = ["Consumers": .list(page.map { .structure($0.value(of: stream.key)) })]
            if page.count < rest.count {
                let token = StreamToken(
                    .consumers, stream: stream.number, position: UInt64(start + page.count), issued: call.now)
                output["NextToken"] = .string(token.text)
            }
            return .output(output)
        }
    }
}

extension Kinesis {
    /// The stream and the name of the consumer that a call names: by `ConsumerARN`, or by `StreamARN` and
    /// `ConsumerName`. It exists.
    mutating func consumer(of call: FakeCall) throws(WireError) -> (key: StreamKey, name: String) {
        let arn = call.input["ConsumerARN"]?.string
        let streamARN = call.input["StreamARN"]?.string
        let given = call.input["ConsumerName"]?.string
        if arn == nil, streamARN == nil || given == nil {
            throw call.invalid("Either ConsumerARN or both StreamARN and ConsumerName should be provided.")
        }
        let key = try key(ofARN: arn ?? streamARN ?? "", call)
        return try onStream(key, call) { (stream) throws(WireError) in
            let found = stream.consumers.first {
                (arn == nil || $0.arn(of: key) == arn) && (given == nil || $0.name == given)
            }
            guard let found else {
                if let arn {
                    throw call.error(
                        "ResourceNotFoundException",
                        "Consumer \(arn) under account \(key.place.account) not found.")
                }
                throw call.consumerNotFound(given ?? "", key)
            }
            return (key, found.name)
        }
    }
}

extension FakeCall {
    fileprivate func consumerNotFound(_ name: String, _ key: StreamKey) -> WireError {
        error(
            "ResourceNotFoundException",
            "Consumer \(name) under stream \(key.name) under account \(key.place.account) not found.")
    }
}
