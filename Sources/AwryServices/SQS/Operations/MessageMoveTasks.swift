// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var startMessageMoveTask: Handler? { startTask }
    static var cancelMessageMoveTask: Handler? { cancelTask }
    static var listMessageMoveTasks: Handler? { listTasks }

    private static func startTask(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let source = try state.queue(call.members.text("SourceArn"), "SourceArn", call)
        let destination = try call.members.optionalText("DestinationArn").map { (arn) throws(WireError) in
            try state.queue(arn, "DestinationArn", call)
        }
        let rate = try call.number(
            call.members.integer("MaxNumberOfMessagesPerSecond"), "MaxNumberOfMessagesPerSecond", 1...500,
            "Must be between 1 and 500, if provided.")
        guard !state.sources(of: source).isEmpty else {
            throw call.error("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.")
        }
        if let destination, state.queues[destination]?.isFIFO != state.queues[source]?.isFIFO || destination == source {
            throw call.invalid("DestinationArn", destination.arn, "It must be another queue of the same type.")
        }
        if state.tasks.contains(where: { $0.source == source && $0.status == .running }) {
            throw call.error(
                "UnsupportedOperation",
                "There is already a task running. Only one active task is allowed for a source queue arn at a given "
                    + "time.")
        }
        let toMove = state.change(source, now: call.now) { $0.readyCount } ?? 0
        let fields: Value = ["taskId": .string(state.identifiers.uuid()), "sourceArn": .string(source.arn)]
        let handle = Base64.text(JSON.text(fields).utf8)
        state.tasks.append(
            MoveTask(
                handle: handle, source: source, destination: destination, rate: rate, startedAt: call.now,
                toMove: toMove))
        state.advanceTasks(to: call.now)
        state.forgetTasks(of: source)
        return .output(["TaskHandle": .string(handle)])
    }

    private static func cancelTask(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let handle = call.members.text("TaskHandle")
        guard let index = state.tasks.firstIndex(where: { $0.handle == handle }) else {
            throw call.error("ResourceNotFoundException", "Task does not exist.")
        }
        guard state.tasks[index].status == .running else {
            throw call.error("UnsupportedOperation", "Only active tasks can be cancelled.")
        }
        state.tasks[index].status = .cancelled
        return .output(["ApproximateNumberOfMessagesMoved": .integer(Int64(state.tasks[index].moved))])
    }

    private static func listTasks(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let source = try state.queue(call.members.text("SourceArn"), "SourceArn", call)
        let count = try call.number(
            call.members.integer("MaxResults"), "MaxResults", 1...10, "Must be between 1 and 10, if provided.")
        let tasks = state.tasks.reversed().filter { $0.source == source }.prefix(Int(count ?? 1))
        return .output(["Results": .list(tasks.map(\.value))])
    }

    /// The queue that an ARN names.
    private func queue(_ arn: String, _ parameter: String, _ call: FakeCall) throws(WireError) -> QueueKey {
        guard let key = QueueKey(arn: arn) else {
            throw call.error(
                "InvalidParameterValue",
                "You must use this format to specify the \(parameter): "
                    + "arn:<partition>:<service>:<region>:<account-id>:<resource-id>")
        }
        guard queues[key] != nil else {
            throw call.error(
                "ResourceNotFoundException",
                "The resource that you specified for the \(parameter) parameter doesn't exist.")
        }
        return key
    }

    /// A queue's ten latest tasks are known.
    private mutating func forgetTasks(of source: QueueKey) {
        let own = tasks.indices.filter { tasks[$0].source == source }
        if own.count > 10 { tasks.remove(at: own[0]) }
    }

    /// Moves what is due by now.
    mutating func advanceTasks(to now: Timestamp) {
        for index in tasks.indices where tasks[index].status == .running {
            while tasks[index].moved < tasks[index].due(at: now) {
                if !moveOne(of: index, now: now) { break }
            }
            guard tasks[index].status == .running else { continue }
            if tasks[index].moved >= tasks[index].toMove { tasks[index].status = .completed }
        }
    }

    /// Moves the next message; false where there is none, and the task is over.
    private mutating func moveOne(of index: Int, now: Timestamp) -> Bool {
        let task = tasks[index]
        var number: UInt64?
        change(task.source, now: now) { number = $0.next() }
        guard let number, let content = queues[task.source]?.message(number)?.content else {
            tasks[index].status = queues[task.source] == nil ? .failed : .completed
            if queues[task.source] == nil { tasks[index].failureReason = "AWS.SimpleQueueService.NonExistentQueue" }
            return false
        }
        guard let target = task.destination ?? content.source.flatMap({ QueueKey(arn: $0) }) else {
            tasks[index].status = .failed
            tasks[index].failureReason = "CouldNotDetermineMessageSource"
            return false
        }
        guard let isFIFO = queues[target]?.isFIFO else {
            tasks[index].status = .failed
            tasks[index].failureReason = "AWS.SimpleQueueService.NonExistentQueue"
            return false
        }
        onQueue(task.source) { $0.remove(number) }
        // From the Developer Guide, "Configure a dead-letter queue redrive": they are new messages with new ids.
        let moved = content.moved(
            id: nextID(), source: nil, sentAt: now, sequence: isFIFO ? nextSequence() : nil)
        add(moved, to: target, visibleAt: now, now: now)
        tasks[index].moved += 1
        return true
    }
}

extension MoveTask {
    /// As a listing shows it; only a running task has a handle.
    fileprivate var value: Value {
        var fields: Fields = [
            "Status": .string(status.rawValue), "SourceArn": .string(source.arn),
            "ApproximateNumberOfMessagesMoved": .integer(Int64(moved)),
            "ApproximateNumberOfMessagesToMove": .integer(Int64(toMove)),
            "StartedTimestamp": .integer(startedAt.milliseconds),
        ]
        if status == .running { fields["TaskHandle"] = .string(handle) }
        if let destination { fields["DestinationArn"] = .string(destination.arn) }
        if let rate { fields["MaxNumberOfMessagesPerSecond"] = .integer(rate) }
        if let failureReason { fields["FailureReason"] = .string(failureReason) }
        return .structure(fields)
    }
}
