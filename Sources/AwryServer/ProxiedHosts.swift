// SPDX-License-Identifier: Apache-2.0

import AwryWire

/// For which hosts the server stands as a proxy. It answers for them itself, and relays to nobody.
public struct ProxiedHosts: Sendable {
    /// Names beside AWS's and this machine's; `*.NAME` for all below one.
    private let names: [String]

    /// AWS's hosts, this machine's loopback names and addresses, the metadata addresses, and these names.
    public init(names: [String] = []) {
        self.names = names.map { $0.lowercased() }
    }

    /// Whether it stands for this host, which is without its port.
    func cover(_ host: ArraySlice<UInt8>) -> Bool {
        if MetadataAddresses.contain(host) { return true }
        let name = String(decoding: host, as: UTF8.self).lowercased()
        if ["localhost", "127.0.0.1", "[::1]"].contains(name) || name.hasSuffix(".localhost") { return true }
        return AWSDomains.cover(name)
            || names.contains { $0.hasPrefix("*.") ? name.hasSuffix($0.dropFirst()) : name == $0 }
    }

    /// What it stands for, for people.
    static let description = "AWS's hosts, this machine's names and those of --domain are served, nothing is relayed"
}
