// SPDX-License-Identifier: Apache-2.0

import AwryTransport
import Testing

@Suite struct TLSTests {
    @Test func anAuthoritySignsCertificates() throws {
        let authority = try Authority.make()
        let both = try authority.certificate(for: ["localhost", "*.localhost", "127.0.0.1", "::1"])
        _ = try TLSContext(both: both)
        let text = String(decoding: both, as: UTF8.self)
        #expect(text.ranges(of: "BEGIN CERTIFICATE").count == 1)
        #expect(text.ranges(of: "BEGIN PRIVATE KEY").count == 1)
    }

    @Test func anAuthorityIsReadAgain() throws {
        let authority = try Authority.make()
        #expect(try Authority(text: authority.text)?.certificate == authority.certificate)
        let certificate = String(decoding: authority.certificate, as: UTF8.self)
        #expect(certificate.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        #expect(certificate.hasSuffix("-----END CERTIFICATE-----\n"))
        #expect(!certificate.contains("KEY"))
        #expect(try Authority(text: []) == nil)
        #expect(try Authority(text: Array("-----BEGIN CERTIFICATE-----\nAAAA\n".utf8)) == nil)
    }

    @Test func anAuthorityThatEndsIsNoMore() throws {
        let ended = try Authority.make().certificate(for: ["localhost"], days: -30 ... -1)
        #expect(try Authority(text: ended) == nil)
    }

    @Test func aKeyMustFitItsCertificate() throws {
        let authority = try Authority.make()
        let (one, other) = (try authority.certificate(for: ["a"]), try authority.certificate(for: ["b"]))
        #expect(throws: TLSError.self) { try TLSContext(chain: one, key: other) }
        #expect(throws: TLSError.self) { try TLSContext(chain: [], key: []) }
        #expect(throws: TLSError.self) { try TLSContext(chain: authority.certificate, key: one) }
    }
}
