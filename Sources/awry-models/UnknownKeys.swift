// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Foundation

/// Watches for keys of a model that this tool neither keeps nor drops knowingly: a newer botocore may bring some.
struct UnknownKeys {
    private var found: [String: Int] = [:]

    mutating func look(at model: Fields) {
        note(model["metadata"]?.fields ?? [:], "metadata", UnknownKeys.metadata)
        for (_, operation) in model["operations"]?.fields ?? [:] {
            note(operation.fields ?? [:], "operation", UnknownKeys.operation)
        }
        for (_, shape) in model["shapes"]?.fields ?? [:] {
            let shape = shape.fields ?? [:]
            note(shape, "shape", UnknownKeys.shape)
            for (_, member) in shape["members"]?.fields ?? [:] {
                note(member.fields ?? [:], "member", UnknownKeys.member)
            }
        }
    }

    /// Says on standard error what was dropped unknowingly.
    func report() {
        for (key, count) in found.sorted(by: { $0.key < $1.key }) {
            FileHandle.standardError.write(Data("awry-models: dropped unknown key \(key) (\(count) times)\n".utf8))
        }
    }

    private mutating func note(_ fields: Fields, _ place: String, _ known: Set<String>) {
        for name in fields.names where !known.contains(name) { found["\(place).\(name)", default: 0] += 1 }
    }

    // Kept ones first, then those dropped knowingly: documentation, what only SDKs act on, and what other keys say too.
    private static let metadata: Set<String> = [
        "apiVersion", "awsQueryCompatible", "endpointPrefix", "globalEndpoint", "jsonVersion", "protocol", "protocols",
        "serviceId", "signingName", "targetPrefix", "xmlNamespace",
        "auth", "checksumFormat", "protocolSettings", "ripServiceName", "serviceAbbreviation", "serviceFullName",
        "signatureVersion", "uid",
    ]
    private static let operation: Set<String> = [
        "name", "auth", "authtype", "endpoint", "errors", "http", "httpChecksum", "httpChecksumRequired", "idempotent",
        "input", "output", "readonly",
        "deprecated", "deprecatedMessage", "deprecatedSince", "documentation", "endpointdiscovery", "endpointoperation",
        "operationContextParams", "requestcompression", "staticContextParams", "unsignedPayload",
    ]
    private static let shape: Set<String> = [
        "type", "enum", "error", "event", "eventstream", "exception", "fault", "flattened", "key", "locationName",
        "max",
        "member", "members", "min", "pattern", "payload", "required", "requiresLength", "retryable", "sensitive",
        "sparse", "streaming", "timestampFormat", "union", "value", "wrapper", "xmlNamespace", "document",
        "box", "deprecated", "deprecatedMessage", "deprecatedSince", "documentation", "synthetic", "xmlOrder",
    ]
    private static let member: Set<String> = [
        "shape", "enum", "eventheader", "eventpayload", "flattened", "hostLabel", "idempotencyToken", "jsonvalue",
        "location", "locationName", "queryName", "streaming", "xmlAttribute", "xmlNamespace",
        "box", "contextParam", "deprecated", "deprecatedMessage", "deprecatedSince", "documentation",
    ]
}
