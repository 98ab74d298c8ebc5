// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryWire

/// Makes request heads for tests.
enum Requests {
    /// `GET /path` with headers given as `Name: value` lines; `host` goes first.
    static func head(
        _ line: String, _ fields: [String] = [], host: String = "localhost:4566", scope: String? = nil,
        region: String = "us-east-1"
    ) -> RequestHead {
        var lines = ["Host: \(host)"] + fields
        if let scope {
            lines.append(
                "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/\(region)/\(scope)/aws4_request, "
                    + "SignedHeaders=host;x-amz-date, Signature=0123456789abcdef")
        }
        let parts = line.split(separator: " ", maxSplits: 1)
        var bytes: [UInt8] = []
        func append(_ text: some StringProtocol) -> Range<Int> {
            let start = bytes.count
            bytes += Array(text.utf8)
            return start..<bytes.count
        }
        let method = append(parts[0])
        _ = append(" ")
        let target = append(parts[1])
        _ = append(" HTTP/1.1\r\n")
        var ranges: [RequestHead.Field] = []
        for line in lines {
            let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = append(pair[0])
            _ = append(": ")
            ranges.append(RequestHead.Field(name: name, value: append(pair[1].drop { $0 == " " })))
            _ = append("\r\n")
        }
        _ = append("\r\n")
        return RequestHead(bytes: bytes, methodRange: method, targetRange: target, minorVersion: 1, fields: ranges)
    }

    /// A request that is this operation, made from the model: the template with each variable's name as its value, and
    /// every required member of query and headers.
    static func head(for operation: AwryModel.Operation, of service: Service, host: String? = nil) -> RequestHead {
        let uri = operation.traits.uri
        let path = String(uri.prefix { $0 != "?" }.filter { !"{}+".contains($0) })
        var query = uri.drop { $0 != "?" }.dropFirst().split(separator: "&").map(String.init)
        var fields: [String] = []
        for member in operation.input.map({ service[$0].members }) ?? [] where member.isRequired {
            if member.location == .querystring { query.append("\(member.wireName)=v") }
            if member.location == .header { fields.append("\(member.wireName): v") }
        }
        if operation.traits.isUnsigned, host == nil { fields.append("Content-Type: application/json") }
        return head(
            "\(operation.traits.method) \(path)\(query.isEmpty ? "" : "?" + query.joined(separator: "&"))", fields,
            host: host ?? "localhost:4566", scope: service.metadata.signingName)
    }
}

extension Identification {
    /// `service.Operation`, or the failure's code.
    var summary: String {
        switch self {
        case .call(let call): "\(call.service.name).\(call.operation.name)"
        case .needsBody: "needsBody"
        case .failure(let failure): "\(failure.error.status) \(failure.error.code)"
        }
    }

    /// The call, if this is one.
    var call: IdentifiedCall? {
        if case .call(let call) = self { call } else { nil }
    }

    /// `Bucket=b Key=k`.
    var labels: String {
        call?.labels.map { "\($0.name)=\($0.value)" }.joined(separator: " ") ?? ""
    }
}
