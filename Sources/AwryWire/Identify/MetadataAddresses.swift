// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// The addresses at which instances and containers find their credentials.
public enum MetadataAddresses {
    /// Which address stands for which of our paths: EC2's, ECS's, and that of EKS Pod Identity.
    private static let paths: [(host: StaticString, prefix: StaticString)] = [
        ("169.254.169.254", "/_awry/imds"), ("[fd00:ec2::254]", "/_awry/imds"),
        ("169.254.170.2", "/_awry/container"), ("169.254.170.23", "/_awry/container"),
        ("[fd00:ec2::23]", "/_awry/container"),
    ]

    /// Whether a host, its port left out, is one of them.
    public static func contain(_ host: ArraySlice<UInt8>) -> Bool { prefix(of: host) != nil }

    /// A request to one of them as one to our own path for it; any other as it is.
    public static func localised(_ head: RequestHead) -> RequestHead {
        guard let host = head.host, let first = host.first, first == UInt8(ascii: "1") || first == UInt8(ascii: "["),
            let prefix = prefix(of: HostName.withoutPort(host))
        else { return head }
        let path = head.path.isEmpty ? [UInt8(ascii: "/")] : head.path
        let query = head.query.map { [UInt8(ascii: "?")] + $0 } ?? []
        return head.with(method: Array(head.bytes[head.methodRange]), target: prefix + path + query)
    }

    private static func prefix(of host: ArraySlice<UInt8>) -> [UInt8]? {
        guard host.begins(with: "169.254.") || host.begins(with: "[fd00:") else { return nil }
        return paths.first { host.equals($0.host) }?.prefix.withUTF8Buffer { Array($0) }
    }
}
