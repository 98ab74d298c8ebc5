// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// SQS's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol SQSOperations: FakeService {
    static var addPermission: Handler? { get }
    static var cancelMessageMoveTask: Handler? { get }
    static var changeMessageVisibility: Handler? { get }
    static var changeMessageVisibilityBatch: Handler? { get }
    static var createQueue: Handler? { get }
    static var deleteMessage: Handler? { get }
    static var deleteMessageBatch: Handler? { get }
    static var deleteQueue: Handler? { get }
    static var getQueueAttributes: Handler? { get }
    static var getQueueUrl: Handler? { get }
    static var listDeadLetterSourceQueues: Handler? { get }
    static var listMessageMoveTasks: Handler? { get }
    static var listQueueTags: Handler? { get }
    static var listQueues: Handler? { get }
    static var purgeQueue: Handler? { get }
    static var receiveMessage: Handler? { get }
    static var removePermission: Handler? { get }
    static var sendMessage: Handler? { get }
    static var sendMessageBatch: Handler? { get }
    static var setQueueAttributes: Handler? { get }
    static var startMessageMoveTask: Handler? { get }
    static var tagQueue: Handler? { get }
    static var untagQueue: Handler? { get }
}

extension SQSOperations {
    static var addPermission: Handler? { nil }
    static var cancelMessageMoveTask: Handler? { nil }
    static var changeMessageVisibility: Handler? { nil }
    static var changeMessageVisibilityBatch: Handler? { nil }
    static var createQueue: Handler? { nil }
    static var deleteMessage: Handler? { nil }
    static var deleteMessageBatch: Handler? { nil }
    static var deleteQueue: Handler? { nil }
    static var getQueueAttributes: Handler? { nil }
    static var getQueueUrl: Handler? { nil }
    static var listDeadLetterSourceQueues: Handler? { nil }
    static var listMessageMoveTasks: Handler? { nil }
    static var listQueueTags: Handler? { nil }
    static var listQueues: Handler? { nil }
    static var purgeQueue: Handler? { nil }
    static var receiveMessage: Handler? { nil }
    static var removePermission: Handler? { nil }
    static var sendMessage: Handler? { nil }
    static var sendMessageBatch: Handler? { nil }
    static var setQueueAttributes: Handler? { nil }
    static var startMessageMoveTask: Handler? { nil }
    static var tagQueue: Handler? { nil }
    static var untagQueue: Handler? { nil }

    static func handler(_ operation: String) -> Handler? {
        switch operation {
        case "AddPermission": addPermission
        case "CancelMessageMoveTask": cancelMessageMoveTask
        case "ChangeMessageVisibility": changeMessageVisibility
        case "ChangeMessageVisibilityBatch": changeMessageVisibilityBatch
        case "CreateQueue": createQueue
        case "DeleteMessage": deleteMessage
        case "DeleteMessageBatch": deleteMessageBatch
        case "DeleteQueue": deleteQueue
        case "GetQueueAttributes": getQueueAttributes
        case "GetQueueUrl": getQueueUrl
        case "ListDeadLetterSourceQueues": listDeadLetterSourceQueues
        case "ListMessageMoveTasks": listMessageMoveTasks
        case "ListQueueTags": listQueueTags
        case "ListQueues": listQueues
        case "PurgeQueue": purgeQueue
        case "ReceiveMessage": receiveMessage
        case "RemovePermission": removePermission
        case "SendMessage": sendMessage
        case "SendMessageBatch": sendMessageBatch
        case "SetQueueAttributes": setQueueAttributes
        case "StartMessageMoveTask": startMessageMoveTask
        case "TagQueue": tagQueue
        case "UntagQueue": untagQueue
        default: nil
        }
    }
}
