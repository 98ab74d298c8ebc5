// SPDX-License-Identifier: Apache-2.0

import AwryServer

/// Where a server is: `http://HOST:PORT`, with `/_sandbox/NAME` behind it for one of its sandboxes.
struct Endpoint: Equatable {
    let host: String
    let port: UInt16
    /// The sandbox that the path names.
    let sandbox: String?

    /// Reads a URL; nil for what is none, for other schemes and for other paths.
    init?(_ text: String) {
        guard text.lowercased().hasPrefix("http://") else { return nil }
        let rest = text.dropFirst("http://".count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var path = rest[slash...]
        while path.last == "/" { path.removeLast() }
        var name = rest[..<slash]
        var port: UInt16 = 80
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("]") {
            guard let number = UInt16(name[name.index(after: colon)...]) else { return nil }
            port = number
            name = name[..<colon]
        }
        if name.first == "[", name.last == "]" { name = name.dropFirst().dropLast() }
        let named = SandboxName.inPath(Array(path.utf8)[...])
        guard !name.isEmpty, !name.contains(where: { "?#@ ".contains($0) }), named?.length ?? 0 == path.utf8.count
        else { return nil }
        host = String(name)
        self.port = port
        sandbox = named?.name
    }

    /// As a Host header says it.
    var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
