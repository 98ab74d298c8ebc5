// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An IP address: 4 or 16 bytes.
struct Address: Sendable, Equatable {
    let bytes: [UInt8]

    /// The address of a text such as `203.0.113.9` or `2001:db8::1`; nil where it is none.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count < 64, !text.utf8.contains(0) else { return nil }
        let text = String(text)
        let (family, size) = text.utf8.contains(UInt8(ascii: ":")) ? (AF_INET6, 16) : (AF_INET, 4)
        var bytes = [UInt8](repeating: 0, count: size)
        guard inet_pton(family, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }
}

/// Addresses with the same bits at their beginning, in CIDR's notation (RFC 4632; RFC 4291, section 2.3).
struct AddressRange: Sendable {
    private let base: Address
    private let bits: Int

    /// The range of `203.0.113.0/24`, `2001:db8::/32`, or one address alone; nil where the text is none.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = Address(first) else { return nil }
        self.base = base
        guard parts.count == 2 else {
            bits = base.bytes.count * 8
            return
        }
        guard let bits = Int(parts[1]), (0...base.bytes.count * 8).contains(bits) else { return nil }
        self.bits = bits
    }

    func contains(_ address: Address) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        let (whole, rest) = (bits / 8, bits % 8)
        guard address.bytes.prefix(whole).elementsEqual(base.bytes.prefix(whole)) else { return false }
        return rest == 0 || (address.bytes[whole] ^ base.bytes[whole]) >> (8 - rest) == 0
    }
}
