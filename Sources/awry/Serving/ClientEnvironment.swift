// SPDX-License-Identifier: Apache-2.0

/// The environment of a program that is to talk to this server, and to nothing else of AWS's.
struct ClientEnvironment {
    /// `NAME=value` as bytes: nobody promises that values are UTF-8.
    private(set) var entries: [[UInt8]]

    /// An environment of these entries.
    init(_ entries: [[UInt8]]) {
        self.entries = entries
    }

    /// This process's own. From /proc, because Swift's concurrency checks know no safe way to C's `environ`.
    static func own() throws -> ClientEnvironment {
        let bytes = try SmallFile.read("/proc/self/environ") ?? []
        return ClientEnvironment(bytes.split(separator: 0).map(Array.init))
    }

    /// Points an SDK at `endpoint`, with credentials that are worth nothing. What would lead it elsewhere goes: the
    /// endpoints of single services, which go before the general one, a profile, a session's token, and the switch that
    /// makes SDKs pass over configured endpoints (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
    /// `own` is what the scenarios set, and goes before all of it.
    mutating func point(at endpoint: String, own: [(name: String, value: String)]) {
        entries.removeAll { entry in
            let name = Self.name(of: entry)
            return Self.misleading.contains(name) || name.hasPrefix("AWS_ENDPOINT_URL_")
        }
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] where value(name) == nil {
            set(name, value(name == "AWS_REGION" ? "AWS_DEFAULT_REGION" : "AWS_REGION") ?? "us-east-1")
        }
        set("AWS_ACCESS_KEY_ID", "test")
        set("AWS_SECRET_ACCESS_KEY", "test")
        set("AWS_ENDPOINT_URL", endpoint)
        set("AWRY_ENDPOINT", endpoint)
        // A proxy that is meant for the world would get the requests for this machine.
        for name in ["NO_PROXY", "no_proxy"] where Self.proxies.contains(where: { value($0) != nil }) {
            set(name, [value(name), "127.0.0.1"].compactMap { $0 }.joined(separator: ","))
        }
        for (name, value) in own { set(name, value) }
    }

    /// The variables' names, in their order.
    var names: [String] { entries.map(Self.name) }

    /// The value of a variable.
    func value(_ name: String) -> String? {
        let entry = entries.first { Self.name(of: $0) == name }
        return entry.map { String(decoding: $0.dropFirst(name.utf8.count + 1), as: UTF8.self) }
    }

    /// Sets a variable, in the place of one of its name.
    mutating func set(_ name: String, _ value: String) {
        entries.removeAll { Self.name(of: $0) == name }
        entries.append(Array("\(name)=\(value)".utf8))
    }

    private static func name(of entry: [UInt8]) -> String {
        String(decoding: entry.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }

    private static let misleading: Set<String> = [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ]

    private static let proxies = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
}
