// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Turns the shapes of a botocore model into the catalogue's.
struct ShapeModelReader {
    let ids: [String: ShapeID]
    /// `error` of errors that only the operations give, by shape.
    let errors: [String: Fields]

    func shape(_ name: String, _ model: Fields) throws -> Shape {
        Shape(
            name: name, kind: try kind(name, model), limits: try limits(name, model), error: error(name, model),
            traits: try traits(name, model))
    }

    private func kind(_ name: String, _ model: Fields) throws -> Shape.Kind {
        switch model["type"]?.string {
        case "string": .string
        case "boolean": .boolean
        case "integer": .integer
        case "long": .long
        case "float": .float
        case "double": .double
        case "blob": .blob
        case "timestamp": .timestamp
        case "structure": .structure(try members(name, model))
        case "list": .list(element: try member("member", model["member"]))
        case "map": .map(key: try member("key", model["key"]), value: try member("value", model["value"]))
        case let type: throw ModelMistake("\(name): unknown type \(type ?? "none")")
        }
    }

    private func members(_ name: String, _ model: Fields) throws -> [Member] {
        let required = Set(model.texts("required"))
        let members = model["members"]?.fields ?? [:]
        if let stray = required.subtracting(members.names).min() {
            throw ModelMistake("\(name) requires \(stray), which is no member of it")
        }
        return try members.map { try member($0.name, $0.value, isRequired: required.contains($0.name)) }
    }

    private func member(_ name: String, _ model: Value?, isRequired: Bool = false) throws -> Member {
        guard let model = model?.fields, let shape = model["shape"]?.string, let id = ids[shape] else {
            throw ModelMistake("a member \(name) whose shape does not exist")
        }
        var flags: Member.Flags = isRequired ? .required : []
        for (key, flag) in ShapeModelReader.memberFlags where model.isTrue(key) { flags.insert(flag) }
        let namespace = model["xmlNamespace"]?.fields
        return Member(
            name: name, shape: id, location: try location(name, model["location"]?.string),
            locationName: model["locationName"]?.string, queryName: model["queryName"]?.string,
            xmlNamespace: namespace?["uri"]?.string, flags: flags, xmlPrefix: namespace?["prefix"]?.string,
            values: model.texts("enum"))
    }

    private func location(_ name: String, _ word: String?) throws -> Member.Location {
        switch word {
        case nil: .body
        case "header": .header
        case "headers": .headers
        case "uri": .uri
        case "querystring": .querystring
        case "statusCode": .statusCode
        case let word?: throw ModelMistake("\(name): unknown location \(word)")
        }
    }

    private func limits(_ name: String, _ model: Fields) throws -> Limits {
        func number(_ key: String) -> Double? {
            switch model[key] {
            case .integer(let number)?: Double(number)
            case .double(let number)?: number
            default: nil
            }
        }
        return Limits(
            minimum: number("min"), maximum: number("max"), pattern: model["pattern"]?.string,
            values: model.texts("enum"))
    }

    private func error(_ name: String, _ model: Fields) -> ErrorTraits? {
        guard model.isTrue("exception") else { return nil }
        let error = model["error"]?.fields ?? errors[name]
        let status = error?["httpStatusCode"]?.integer.map { Int($0) }
        let retry: ErrorTraits.Retry =
            switch model["retryable"]?.fields {
            case nil: .unsaid
            case let retryable?: retryable.isTrue("throttling") ? .throttling : .transient
            }
        return ErrorTraits(
            code: error?["code"]?.string, modelledStatus: status,
            fault: model.isTrue("fault") || (status ?? 400) >= 500 ? .server : .client, retry: retry)
    }

    private func traits(_ name: String, _ model: Fields) throws -> ShapeTraits {
        var flags: ShapeTraits.Flags = []
        for (key, flag) in ShapeModelReader.shapeFlags where model.isTrue(key) { flags.insert(flag) }
        let format: TimestampFormat? =
            switch model["timestampFormat"]?.string {
            case nil: nil
            case "unixTimestamp": .unix
            case "iso8601": .iso8601
            case "rfc822": .rfc822
            case let word?: throw ModelMistake("\(name): unknown timestampFormat \(word)")
            }
        let namespace = model["xmlNamespace"]?.fields
        return ShapeTraits(
            payload: model["payload"]?.string, timestampFormat: format, locationName: model["locationName"]?.string,
            xmlNamespace: namespace?["uri"]?.string, xmlPrefix: namespace?["prefix"]?.string, flags: flags)
    }

    private static let memberFlags: [(String, Member.Flags)] = [
        ("xmlAttribute", .xmlAttribute), ("flattened", .flattened), ("idempotencyToken", .idempotencyToken),
        ("jsonvalue", .jsonValue), ("hostLabel", .hostLabel), ("eventpayload", .eventPayload),
        ("eventheader", .eventHeader), ("streaming", .streaming),
    ]

    private static let shapeFlags: [(String, ShapeTraits.Flags)] = [
        ("flattened", .flattened), ("sensitive", .sensitive), ("streaming", .streaming),
        ("requiresLength", .requiresLength), ("union", .union), ("document", .document),
        ("eventstream", .eventStream), ("event", .event), ("sparse", .sparse), ("wrapper", .wrapper),
    ]
}
