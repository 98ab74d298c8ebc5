// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The control interface as an OpenAPI document (OpenAPI Specification 3.1.0), made from the table of its endpoints.
enum OpenAPI {
    /// What a caller must know of an endpoint beside its path.
    struct Description {
        let summary: String
        /// Names in the query; `sandbox` is added where `isScoped`.
        var query: [String] = []
        var isScoped = true
        /// The body's media type, if it has one.
        var body: String?
        /// What else than 400 is answered, with what it means.
        var statuses: [(status: Int, meaning: String)] = [(200, "done")]
        /// The media type of a success.
        var answer = "application/json"
    }

    /// The document.
    static func document(version: String) -> Value {
        var paths = Fields()
        for endpoint in ControlInterface.endpoints {
            guard let description = descriptions[endpoint.method + " " + endpoint.path] else { continue }
            let path = "/_awry/" + template(endpoint.path)
            var methods = paths[path]?.fields ?? Fields()
            methods[endpoint.method.lowercased()] = operation(description, endpoint)
            paths[path] = .structure(methods)
        }
        return [
            "openapi": "3.1.0", "info": ["title": "Awry's control interface", "version": .string(version)],
            "paths": .structure(paths),
        ]
    }

    /// What stands in a path for its stars, in order.
    private static let names = ["name", "operation"]

    /// `scenarios/*` as `scenarios/{name}`, `catalog/*/*` as `catalog/{name}/{operation}`.
    static func template(_ path: String) -> String {
        var names = names[...]
        return path.split(separator: "/").map { segment in
            segment == "*" ? "{\(names.popFirst() ?? "")}" : String(segment)
        }.joined(separator: "/")
    }

    private static func operation(_ description: Description, _ endpoint: ControlInterface.Endpoint) -> Value {
        var fields: Fields = ["summary": .string(description.summary)]
        var parameters: [Value] = []
        for name in names.prefix(endpoint.path.count { $0 == "*" }) {
            parameters.append(["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]])
        }
        for name in description.query + (description.isScoped ? ["sandbox"] : []) {
            parameters.append(["name": .string(name), "in": "query", "schema": ["type": "string"]])
        }
        if !parameters.isEmpty { fields["parameters"] = .list(parameters) }
        if let body = description.body {
            fields["requestBody"] = ["content": .structure([body: [:]])]
        }
        var responses = Fields()
        for (status, meaning) in description.statuses {
            var response: Fields = ["description": .string(meaning)]
            if status != 204 {
                let type = status < 300 ? description.answer : "application/json"
                response["content"] = .structure([type: [:]])
            }
            responses[String(status)] = .structure(response)
        }
        responses["400"] = ["description": "asked wrongly", "content": ["application/json": [:]]]
        fields["responses"] = .structure(responses)
        return .structure(fields)
    }
}
