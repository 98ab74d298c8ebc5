// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import Synchronization

/// A pool's two keys, of which AWS uses one for each kind of token; made when they are first needed, since a key takes
/// a good part of a tenth of a second.
final class PoolKeys: Sendable {
    private struct Pair: Sendable {
        let identity: SigningKey
        let access: SigningKey
    }

    /// Pairs that were made, by the bits that they follow from: a sandbox that is reset makes the same pools again, and
    /// tests reset often. A pair is some kilobytes.
    private static let known = Mutex<[UInt64: Pair]>([:])
    private static let mostKnown = 64

    private let seed: UInt64
    private let made = Mutex<Pair?>(nil)

    /// Keys that follow from these bits.
    init(seed: UInt64) {
        self.seed = seed
    }

    private var pair: Pair {
        made.withLock { made in
            if let made { return made }
            if let pair = Self.known.withLock({ $0[seed] }) {
                made = pair
                return pair
            }
            var source = IdentifierSource(seed: seed, sandbox: "keys", service: CognitoIDP.name)
            func key() -> SigningKey {
                let id = Base64.text(source.bytes(32))
                return SigningKey(id: id, rsa: RSAKey { source.bits() })
            }
            let pair = Pair(identity: key(), access: key())
            made = pair
            Self.known.withLock { known in
                if known.count >= Self.mostKnown { known.removeAll() }
                known[seed] = pair
            }
            return pair
        }
    }

    /// What signs ID tokens.
    var identity: SigningKey { pair.identity }
    /// What signs access tokens.
    var access: SigningKey { pair.access }

    /// Both keys as JSON Web Keys.
    var list: [Fields] { [identity.published, access.published] }

    /// The JSON Web Key Set of the pool.
    var published: Value { ["keys": .list(list.map { .structure($0) })] }

    /// Whether one of the pool's keys has signed a token.
    func hasSigned(_ token: JSONWebToken) -> Bool {
        token.isSigned(by: list)
    }
}
