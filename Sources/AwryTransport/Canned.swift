// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a failing port says to everyone, without looking at what is asked.
struct Canned {
    /// What goes out.
    let bytes: [UInt8]
    /// Whether it waits for the empty line that ends a request's head; else it answers the first bytes.
    let waitsForHead: Bool
    /// The last bytes that came, in which an empty line may have begun.
    private var tail: [UInt8] = []

    /// What this fault says, if it is one that says the same to all.
    init?(_ fault: ListenerFault) {
        switch fault {
        case .tlsHandshake:
            // An alert (21) of TLS 1.2, two bytes: fatal (2), handshake_failure (40). RFC 8446 5.1, 6.2.
            bytes = [21, 3, 3, 0, 2, 2, 40]
            waitsForHead = false
        case .proxyRefuses:
            bytes = Array("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
            waitsForHead = true
        case .refuse, .ignoreSyn, .expiredCertificate, .wrongHost, .plainHTTP: return nil
        }
    }

    /// Takes what came; whether it is time to answer.
    mutating func take(_ came: UnsafeRawBufferPointer) -> Bool {
        guard waitsForHead else { return true }
        tail += came
        let isWhole = tail.firstRange(of: "\r\n\r\n".utf8) != nil
        tail = Array(tail.suffix(3))
        return isWhole
    }
}
