// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Which pages elsewhere may ask a bucket for something.
extension S3 {
    static var getBucketCors: Handler? { getting(.cors, orElse: "NoSuchCORSConfiguration") }
    static var deleteBucketCors: Handler? { removing(.cors) }
    static var putBucketCors: Handler? { keeping(.cors, "CORSConfiguration", checkCORS) }

    /// At most so many rules (CORSConfiguration).
    private static let mostCORSRules = 100
    private static let methodsOfCORS: Set<String> = ["GET", "PUT", "HEAD", "POST", "DELETE"]

    private static func checkCORS(_ document: InputReader, _ call: FakeCall) throws(WireError) {
        let rules = document.structures("CORSRules")
        guard (1...mostCORSRules).contains(rules.count) else { throw call.malformedXML() }
        for rule in rules {
            let methods = rule.texts("AllowedMethods")
            let origins = rule.texts("AllowedOrigins")
            if methods.isEmpty || origins.isEmpty || rule.text("ID").utf8.count > 255 { throw call.malformedXML() }
            if let method = methods.first(where: { !methodsOfCORS.contains($0) }) {
                throw call.invalidRequest(
                    "Found unsupported HTTP method in CORS config. Unsupported method is \(method)")
            }
            for (name, texts) in [("AllowedOrigin", origins), ("AllowedHeader", rule.texts("AllowedHeaders"))] {
                if let text = texts.first(where: { $0.utf8.count(where: { $0 == UInt8(ascii: "*") }) > 1 }) {
                    throw call.invalidRequest("\(name) \"\(text)\" can not have more than one wildcard.")
                }
            }
            if let header = rule.texts("ExposeHeaders").first(where: { $0.contains("*") }) {
                throw call.invalidRequest(
                    "ExposeHeader \"\(header)\" contains wildcard. We currently do not support wildcard for "
                        + "ExposeHeader.")
            }
        }
    }
}
