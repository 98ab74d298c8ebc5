// SPDX-License-Identifier: Apache-2.0

/// A shard's connections to the upstream, and the requests that wait for one.
struct UpstreamPool {
    /// So many connections are open at once.
    static let maxLinks = 128
    /// So many of them may rest.
    static let maxIdle = 32
    static let connectTimeout: UInt64 = 5_000_000_000
    /// From the request to the answer's head: emulators run containers before they answer.
    static let answerTimeout: UInt64 = 300_000_000_000
    /// The same once the client is gone.
    static let unheardTimeout: UInt64 = 30_000_000_000
    /// From one piece of a body to the next.
    static let pieceTimeout: UInt64 = 60_000_000_000
    static let idleTimeout: UInt64 = 30_000_000_000

    private(set) var links: [Int32: UpstreamLink] = [:]
    private(set) var idle: [UpstreamLink] = []
    var waiting: [UpstreamExchange] = []

    var hasRoom: Bool { links.count < Self.maxLinks }

    /// The connection in this slot, if it is still the one of this generation.
    func link(_ slot: Int32, _ generation: UInt32) -> UpstreamLink? {
        guard let link = links[slot], link.generation == generation else { return nil }
        return link
    }

    mutating func add(_ link: UpstreamLink) { links[link.slot] = link }

    mutating func remove(_ link: UpstreamLink) {
        links[link.slot] = nil
        idle.removeAll { $0 === link }
    }

    /// Lets a connection rest; false where enough do.
    mutating func rest(_ link: UpstreamLink) -> Bool {
        guard idle.count < Self.maxIdle else { return false }
        idle.append(link)
        return true
    }

    /// Takes a request out of those that wait; false where it is none of them.
    mutating func stopWaiting(_ exchange: UpstreamExchange) -> Bool {
        let before = waiting.count
        waiting.removeAll { $0 === exchange }
        return waiting.count < before
    }

    /// The connection that rested last.
    mutating func wake() -> UpstreamLink? { idle.popLast() }
}
