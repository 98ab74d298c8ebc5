// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// What the query protocol calls members, elements, keys and values, by the rules of botocore's `QuerySerializer`.
///
/// SQS's model of today speaks JSON and has lost these names; for its legacy callers they come from `SQSQueryNames`.
struct QueryNames {
    let service: Service
    let isLegacySQS: Bool
    /// Whether these are the names in an EC2 form: all lists flattened, members capitalised (botocore's
    /// `EC2Serializer`).
    let isEC2Form: Bool

    init(_ service: Service, isEC2Form: Bool = false) {
        self.service = service
        self.isEC2Form = isEC2Form
        isLegacySQS = service.name == "sqs" && !service.metadata.protocols.contains(.query)
    }

    func isFlattened(_ member: Member, _ shape: Shape) -> Bool {
        isLegacySQS || isEC2Form || member.isFlattened(shape)
    }

    /// The name of a structure's member. A flattened list goes by its element's name, if that has one.
    func name(of member: Member) -> String {
        let shape = service[member.shape]
        if isEC2Form {
            if let name = member.queryName { return name }
            guard let name = member.locationName ?? shape.traits.locationName else { return member.name }
            return name.prefix(1).uppercased() + name.dropFirst()
        }
        if case .list(let element) = shape.kind, isFlattened(member, shape) {
            if isLegacySQS { return SQSQueryNames.elements[shape.name] ?? member.name }
            if let name = element.locationName { return name }
        }
        if isLegacySQS { return SQSQueryNames.members[member.name] ?? member.name }
        return member.locationName ?? shape.traits.locationName ?? member.name
    }

    /// The name of the element around each element of a list that is not flattened.
    func element(_ element: Member) -> String {
        element.locationName ?? "member"
    }

    /// The names of a map's key and value.
    func entry(_ shape: Shape, _ key: Member, _ value: Member) -> (key: String, value: String) {
        if isLegacySQS { return shape.name == "TagMap" ? ("Key", "Value") : ("Name", "Value") }
        return (key.locationName ?? "key", value.locationName ?? "value")
    }
}

/// The names in SQS's query protocol: `locationName` of botocore 1.29.165's `sqs/2012-11-05/service-2.json`, the last
/// model in which SQS spoke it. All its lists and maps are flattened.
enum SQSQueryNames {
    /// Members whose name on the wire differs.
    static let members = [
        "Attributes": "Attribute", "MessageAttributes": "MessageAttribute",
        "MessageSystemAttributes": "MessageSystemAttribute", "Tags": "Tag", "tags": "Tag",
    ]

    /// The names of lists' elements, by the list's shape.
    static let elements = [
        "AWSAccountIdList": "AWSAccountId",
        "ActionNameList": "ActionName",
        "AttributeNameList": "AttributeName",
        "BatchResultErrorEntryList": "BatchResultErrorEntry",
        "BinaryList": "BinaryListValue",
        "ChangeMessageVisibilityBatchRequestEntryList": "ChangeMessageVisibilityBatchRequestEntry",
        "ChangeMessageVisibilityBatchResultEntryList": "ChangeMessageVisibilityBatchResultEntry",
        "DeleteMessageBatchRequestEntryList": "DeleteMessageBatchRequestEntry",
        "DeleteMessageBatchResultEntryList": "DeleteMessageBatchResultEntry",
        "ListMessageMoveTasksResultEntryList": "ListMessageMoveTasksResultEntry",
        "MessageAttributeNameList": "MessageAttributeName",
        "MessageList": "Message",
        "MessageSystemAttributeList": "MessageSystemAttributeName",
        "QueueUrlList": "QueueUrl",
        "SendMessageBatchRequestEntryList": "SendMessageBatchRequestEntry",
        "SendMessageBatchResultEntryList": "SendMessageBatchResultEntry",
        "StringList": "StringListValue",
        "TagKeyList": "TagKey",
    ]
}
