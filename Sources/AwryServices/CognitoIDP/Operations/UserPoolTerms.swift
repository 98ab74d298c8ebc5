// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Terms of use and privacy policies that a client's pages link to.
extension CognitoIDP {
    static var createTerms: Handler? { create }
    static var describeTerms: Handler? { describe }
    static var updateTerms: Handler? { update }
    static var deleteTerms: Handler? { delete }
    static var listTerms: Handler? { list }

    private static func missing(_ call: FakeCall) -> WireError {
        call.error("ResourceNotFoundException", "Terms do not exist.")
    }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let (client, name) = (call.members.text("ClientId"), call.members.text("TermsName"))
            guard pool.clients[client] != nil else { throw call.noClient(client) }
            try checkFree(name, client, besides: nil, pool, call)
            try PoolQuota.terms.check(pool.terms.count, call)
            let id = pool.identifiers.uuid()
            var terms = call.input
            terms["TermsId"] = .string(id)
            terms.setDefault("Links", [:])
            terms["CreationDate"] = .timestamp(call.now)
            terms["LastModifiedDate"] = .timestamp(call.now)
            pool.terms[id] = terms
            return .output(["Terms": .structure(terms)])
        }
    }

    private static func checkFree(
        _ name: String, _ client: String, besides id: String?, _ pool: UserPool, _ call: FakeCall
    ) throws(WireError) {
        let isTaken = pool.terms.values.contains {
            $0["ClientId"]?.string == client && $0["TermsName"]?.string == name && $0["TermsId"]?.string != id
        }
        if isTaken { throw call.error("TermsExistsException", "Terms \(name) already exist for client \(client).") }
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            guard let terms = pool.terms[call.members.text("TermsId")] else { throw missing(call) }
            return .output(["Terms": .structure(terms)])
        }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("TermsId")
            guard var terms = pool.terms[id] else { throw missing(call) }
            if let name = call.members.optionalText("TermsName") {
                try checkFree(name, terms["ClientId"]?.string ?? "", besides: id, pool, call)
            }
            for (name, value) in call.input { terms[name] = value }
            terms["LastModifiedDate"] = .timestamp(call.now)
            pool.terms[id] = terms
            return .output(["Terms": .structure(terms)])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("TermsId")
            guard pool.terms[id] != nil else { throw missing(call) }
            pool.terms[id] = nil
            return .output([:])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let key = { (terms: Fields) in terms["TermsId"]?.string ?? "" }
            let page = try PoolPage(pool.terms.values, by: key, call, limit: "MaxResults", token: "NextToken")
            let shown = page.elements.map { terms -> Value in
                var shown: Fields = [:]
                for name in ["TermsId", "TermsName", "Enforcement", "CreationDate", "LastModifiedDate"] {
                    shown[name] = terms[name]
                }
                return .structure(shown)
            }
            return .output(page.output(["Terms": .list(shown)], token: "NextToken"))
        }
    }
}
