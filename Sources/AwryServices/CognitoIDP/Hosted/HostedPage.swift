// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A plain page with a form, as a browser or a test's client fills it in. The fields have the names that AWS's own
/// pages give them.
struct HostedPage {
    struct Field {
        let name: String
        let label: String
        var kind = "text"
        var value = ""
    }

    let title: String
    /// What went wrong, or what comes next.
    var message: String?
    /// Where the form goes, with its query; none where there is nothing to fill in.
    var action = ""
    var fields: [Field] = []
    /// Other pages: addresses and what they are.
    var links: [(address: String, text: String)] = []

    /// As an operation's output.
    func output(status: Int64 = 200) -> Outcome {
        .output(["Status": .integer(status), "Body": .string(html)])
    }

    /// A redirect.
    static func redirect(to address: String, cookie: String? = nil) -> Outcome {
        var output: Fields = ["Status": 302, "Location": .string(address)]
        if let cookie { output["SetCookie"] = .string(cookie) }
        return .output(output)
    }

    private var html: String {
        var body = "<h1>\(Self.escaped(title))</h1>\n"
        if let message { body += "<p id=\"message\" role=\"alert\">\(Self.escaped(message))</p>\n" }
        if !action.isEmpty {
            body += "<form name=\"cognitoSignInForm\" method=\"post\" action=\"\(Self.escaped(action))\">\n"
            for field in fields {
                let input =
                    "<input name=\"\(field.name)\" type=\"\(field.kind)\" value=\"\(Self.escaped(field.value))\">"
                let label = Self.escaped(field.label)
                body += field.kind == "hidden" ? "\(input)\n" : "<p><label>\(label) \(input)</label></p>\n"
            }
            body += "<p><button type=\"submit\">\(Self.escaped(title))</button></p>\n</form>\n"
        }
        for link in links {
            body += "<p><a href=\"\(Self.escaped(link.address))\">\(Self.escaped(link.text))</a></p>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>\(Self.escaped(title))</title></head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
