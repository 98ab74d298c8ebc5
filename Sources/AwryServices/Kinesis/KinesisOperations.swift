// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// Kinesis's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol KinesisOperations: FakeService {
    static var addTagsToStream: Handler? { get }
    static var createStream: Handler? { get }
    static var decreaseStreamRetentionPeriod: Handler? { get }
    static var deleteResourcePolicy: Handler? { get }
    static var deleteStream: Handler? { get }
    static var deregisterStreamConsumer: Handler? { get }
    static var describeAccountSettings: Handler? { get }
    static var describeLimits: Handler? { get }
    static var describeStream: Handler? { get }
    static var describeStreamConsumer: Handler? { get }
    static var describeStreamSummary: Handler? { get }
    static var disableEnhancedMonitoring: Handler? { get }
    static var enableEnhancedMonitoring: Handler? { get }
    static var getRecords: Handler? { get }
    static var getResourcePolicy: Handler? { get }
    static var getShardIterator: Handler? { get }
    static var increaseStreamRetentionPeriod: Handler? { get }
    static var listShards: Handler? { get }
    static var listStreamConsumers: Handler? { get }
    static var listStreams: Handler? { get }
    static var listTagsForResource: Handler? { get }
    static var listTagsForStream: Handler? { get }
    static var mergeShards: Handler? { get }
    static var putRecord: Handler? { get }
    static var putRecords: Handler? { get }
    static var putResourcePolicy: Handler? { get }
    static var registerStreamConsumer: Handler? { get }
    static var removeTagsFromStream: Handler? { get }
    static var splitShard: Handler? { get }
    static var startStreamEncryption: Handler? { get }
    static var stopStreamEncryption: Handler? { get }
    static var subscribeToShard: Handler? { get }
    static var tagResource: Handler? { get }
    static var untagResource: Handler? { get }
    static var updateAccountSettings: Handler? { get }
    static var updateMaxRecordSize: Handler? { get }
    static var updateShardCount: Handler? { get }
    static var updateStreamMode: Handler? { get }
    static var updateStreamWarmThroughput: Handler? { get }
}

extension KinesisOperations {
    static var addTagsToStream: Handler? { nil }
    static var createStream: Handler? { nil }
    static var decreaseStreamRetentionPeriod: Handler? { nil }
    static var deleteResourcePolicy: Handler? { nil }
    static var deleteStream: Handler? { nil }
    static var deregisterStreamConsumer: Handler? { nil }
    static var describeAccountSettings: Handler? { nil }
    static var describeLimits: Handler? { nil }
    static var describeStream: Handler? { nil }
    static var describeStreamConsumer: Handler? { nil }
    static var describeStreamSummary: Handler? { nil }
    static var disableEnhancedMonitoring: Handler? { nil }
    static var enableEnhancedMonitoring: Handler? { nil }
    static var getRecords: Handler? { nil }
    static var getResourcePolicy: Handler? { nil }
    static var getShardIterator: Handler? { nil }
    static var increaseStreamRetentionPeriod: Handler? { nil }
    static var listShards: Handler? { nil }
    static var listStreamConsumers: Handler? { nil }
    static var listStreams: Handler? { nil }
    static var listTagsForResource: Handler? { nil }
    static var listTagsForStream: Handler? { nil }
    static var mergeShards: Handler? { nil }
    static var putRecord: Handler? { nil }
    static var putRecords: Handler? { nil }
    static var putResourcePolicy: Handler? { nil }
    static var registerStreamConsumer: Handler? { nil }
    static var removeTagsFromStream: Handler? { nil }
    static var splitShard: Handler? { nil }
    static var startStreamEncryption: Handler? { nil }
    static var stopStreamEncryption: Handler? { nil }
    static var subscribeToShard: Handler? { nil }
    static var tagResource: Handler? { nil }
    static var untagResource: Handler? { nil }
    static var updateAccountSettings: Handler? { nil }
    static var updateMaxRecordSize: Handler? { nil }
    static var updateShardCount: Handler? { nil }
    static var updateStreamMode: Handler? { nil }
    static var updateStreamWarmThroughput: Handler? { nil }

    static func handler(_ operation: String) -> Handler? {
        switch operation {
        case "AddTagsToStream": addTagsToStream
        case "CreateStream": createStream
        case "DecreaseStreamRetentionPeriod": decreaseStreamRetentionPeriod
        case "DeleteResourcePolicy": deleteResourcePolicy
        case "DeleteStream": deleteStream
        case "DeregisterStreamConsumer": deregisterStreamConsumer
        case "DescribeAccountSettings": describeAccountSettings
        case "DescribeLimits": describeLimits
        case "DescribeStream": describeStream
        case "DescribeStreamConsumer": describeStreamConsumer
        case "DescribeStreamSummary": describeStreamSummary
        case "DisableEnhancedMonitoring": disableEnhancedMonitoring
        case "EnableEnhancedMonitoring": enableEnhancedMonitoring
        case "GetRecords": getRecords
        case "GetResourcePolicy": getResourcePolicy
        case "GetShardIterator": getShardIterator
        case "IncreaseStreamRetentionPeriod": increaseStreamRetentionPeriod
        case "ListShards": listShards
        case "ListStreamConsumers": listStreamConsumers
        case "ListStreams": listStreams
        case "ListTagsForResource": listTagsForResource
        case "ListTagsForStream": listTagsForStream
        case "MergeShards": mergeShards
        case "PutRecord": putRecord
        case "PutRecords": putRecords
        case "PutResourcePolicy": putResourcePolicy
        case "RegisterStreamConsumer": registerStreamConsumer
        case "RemoveTagsFromStream": removeTagsFromStream
        case "SplitShard": splitShard
        case "StartStreamEncryption": startStreamEncryption
        case "StopStreamEncryption": stopStreamEncryption
        case "SubscribeToShard": subscribeToShard
        case "TagResource": tagResource
        case "UntagResource": untagResource
        case "UpdateAccountSettings": updateAccountSettings
        case "UpdateMaxRecordSize": updateMaxRecordSize
        case "UpdateShardCount": updateShardCount
        case "UpdateStreamMode": updateStreamMode
        case "UpdateStreamWarmThroughput": updateStreamWarmThroughput
        default: nil
        }
    }
}
