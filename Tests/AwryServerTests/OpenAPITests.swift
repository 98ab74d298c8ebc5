// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryControl

/// The interface's own description, and the text of its metrics.
@Suite struct OpenAPITests {
    @Test func everyEndpointIsDescribedAndNothingElse() throws {
        let endpoints = Set(ControlInterface.endpoints.map { "\($0.method) \($0.path)" })
        #expect(endpoints == Set(OpenAPI.descriptions.keys))
        let paths = try #require(OpenAPI.document(version: "1").fields?["paths"]?.fields)
        let documented = paths.flatMap { path, methods in
            (methods.fields ?? [:]).names.map { "\($0.uppercased()) \(path)" }
        }
        let served = ControlInterface.endpoints.map { "\($0.method) /_awry/\(OpenAPI.template($0.path))" }
        #expect(documented.sorted() == served.sorted())
    }

    @Test func aPathsNameIsAParameter() throws {
        let document = OpenAPI.document(version: "1")
        let get = document.fields?["paths"]?.fields?["/_awry/packs/{name}"]?.fields?["get"]?.fields
        #expect(get?["parameters"]?.list?.first?.fields?["in"] == "path")
        #expect(get?["responses"]?.fields?["404"] != nil)
    }

    @Test func labelsAreEscaped() {
        var text = PrometheusText()
        text.value("m", [("a", "q\"b\\c\nd")], "1")
        #expect(text.text == "m{a=\"q\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test func bucketsAddUp() {
        var text = PrometheusText()
        text.histogram("h", "help", bounds: [0.5, 1], counts: [2, 0, 3], sum: 7.5)
        #expect(
            text.text == """
                # HELP h help
                # TYPE h histogram
                h_bucket{le="0.5"} 2
                h_bucket{le="1.0"} 2
                h_bucket{le="+Inf"} 5
                h_sum 7.5
                h_count 5

                """)
    }
}
