// SPDX-License-Identifier: Apache-2.0

/// The names under which AWS serves: the `dnsSuffix` and `dualStackDnsSuffix` of botocore's partitions, and what else
/// its endpoint rule sets end in.
public enum AWSDomains {
    /// All of them, in lower case.
    static let all = [
        "amazonaws.com", "api.aws", "on.aws", "aws.dev", "aws.amazon.com", "amazoncognito.com",
        "amazonaws.com.cn", "api.amazonwebservices.com.cn", "amazonaws.cn", "amazonaws-us-gov.com",
        "amazonaws.eu", "api.amazonwebservices.eu", "c2s.ic.gov", "api.aws.ic.gov", "sc2s.sgov.gov", "api.aws.scloud",
        "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "csp.hci.ic.gov", "api.aws.hci.ic.gov",
    ]

    /// Whether a name, in lower case, is one of AWS's or below one.
    public static func cover(_ name: String) -> Bool {
        all.contains { isBelow(name, $0) || name == $0 }
    }

    /// Whether a name ends in a domain and has more before it.
    static func isBelow(_ name: String, _ domain: String) -> Bool {
        let (name, domain) = (name.utf8, domain.utf8)
        return name.count > domain.count + 1 && name.suffix(domain.count).elementsEqual(domain)
            && name.dropLast(domain.count).last == UInt8(ascii: ".")
    }
}
