// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What a request's host name says: a service, a region, a bucket, or nothing.
public struct HostName {
    /// The number of the services in the catalogue whose endpoint prefix the name has.
    private(set) var services: [Int] = []
    private(set) var region: String?
    /// S3's virtual-host addressing.
    private(set) var bucket: String?
    private(set) var isS3 = false
    /// Whether it is a bucket's web site, and not its API.
    private(set) var isWebsite = false
    /// All labels before the domain where they do not name S3: a bucket's name (`logs.localhost`), if the request is
    /// for S3 all the same.
    private(set) var prefix: String?

    /// `BUCKET.s3-website-REGION.amazonaws.com`, `BUCKET.s3-website.REGION.amazonaws.com`.
    private static let website = "s3-website"

    /// Names under which AWS itself serves, and how the system's resolver serves this machine.
    private static let known = AWSDomains.all + ["localhost"]

    init(_ host: ArraySlice<UInt8>?, domains: [String], catalogue: Catalogue) {
        guard let host, !host.isEmpty, let labels = Self.labels(host, domains) else { return }
        if readS3(labels) { return }
        prefix = labels.joined(separator: ".")
        readService(labels, catalogue)
    }

    /// A host without the port behind it; the colons of an address stay.
    public static func withoutPort(_ host: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let colon = host.lastIndex(of: UInt8(ascii: ":")), host.last != UInt8(ascii: "]") else { return host }
        return host[..<colon]
    }

    /// The labels before the domain; nil where the name has none, or the domain is none of ours.
    private static func labels(_ host: ArraySlice<UInt8>, _ domains: [String]) -> [String]? {
        let name = withoutPort(host)
        // An address (`127.0.0.1`, `[::1]`) or a bare name says nothing; this is the common case, so it goes first.
        guard let last = name.last, name.contains(UInt8(ascii: ".")), name.count <= 255,
            last | 0x20 >= UInt8(ascii: "a")
        else { return nil }
        let text = String(decoding: name, as: UTF8.self).lowercased()
        var domain = ""
        for name in known where AWSDomains.isBelow(text, name) && name.utf8.count > domain.utf8.count { domain = name }
        for name in domains.lazy.map({ $0.lowercased() })
        where AWSDomains.isBelow(text, name) && name.utf8.count > domain.utf8.count { domain = name }
        if domain.isEmpty { return nil }
        let prefix = text.dropLast(domain.count + 1)
        return prefix.isEmpty ? nil : prefix.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// `bucket.s3`, `bucket.s3.REGION`, `bucket.s3-REGION`, `bucket.s3.dualstack.REGION`, `s3.REGION`, …
    private mutating func readS3(_ labels: [String]) -> Bool {
        for index in labels.indices.reversed() where labels.count - index <= 3 {
            let rest = labels[(index + 1)...]
            guard rest.allSatisfy({ $0 == "dualstack" || Self.isRegion($0) }) else { continue }
            guard let region = Self.s3Region(labels[index]) else { continue }
            isS3 = true
            isWebsite = labels[index].hasPrefix(Self.website)
            self.region = rest.last.flatMap { Self.isRegion($0) ? $0 : nil } ?? (region.isEmpty ? nil : region)
            if index > 0 { bucket = labels[..<index].joined(separator: ".") }
            return true
        }
        return false
    }

    /// The region in S3's own label, empty where there is none; nil where the label is not S3's.
    private static func s3Region(_ label: String) -> String? {
        switch label {
        case website, "s3", "s3-accelerate", "s3-fips", "s3-accesspoint", "s3-accesspoint-fips": return ""
        case "s3-external-1": return "us-east-1"
        default: break
        }
        if label.hasPrefix(website + "-") { return String(label.dropFirst(website.count + 1)) }
        if label.hasPrefix("s3-"), isRegion(label.dropFirst(3)) { return String(label.dropFirst(3)) }
        // Directory buckets: `bucket--use1-az4--x-s3.s3express-use1-az4.us-east-1`.
        return label.hasPrefix("s3express-") ? "" : nil
    }

    private mutating func readService(_ labels: [String], _ catalogue: Catalogue) {
        var names = labels[...]
        if let last = names.last, Self.isRegion(last) {
            region = last
            names = names.dropLast()
        } else if names.count > 1, let first = names.first, Self.isRegion(first) {
            // `us-east-1.queue.amazonaws.com`
            region = first
            names = names.dropFirst()
        }
        if names.last == "queue" { names = ["sqs"] }
        // Leading labels may be host prefixes: `123456789012.s3-control`, `api.mediatailor`.
        while !names.isEmpty {
            let prefix = names.joined(separator: ".")
            let plain = prefix.hasSuffix("-fips") ? String(prefix.dropLast(5)) : prefix
            services = catalogue.serviceIndexes(endpointPrefix: plain.utf8)
            if !services.isEmpty { return }
            names = names.dropFirst()
        }
    }

    /// `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`: letters, then `-` and letters, then `-` and a digit.
    static func isRegion(_ label: some StringProtocol) -> Bool {
        let parts = label.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last, last.count == 1, last.utf8.allSatisfy(\.isDigit)
        else { return false }
        return parts.dropLast().allSatisfy { part in
            part.utf8.count >= 2 && part.utf8.allSatisfy { 0x61...0x7A ~= $0 }
        }
    }
}
