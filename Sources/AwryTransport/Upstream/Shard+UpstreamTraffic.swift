// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// What the upstream's socket is ready for.
    func handle(_ ready: Epoll.Interest, _ link: UpstreamLink) {
        if link.isConnecting {
            guard !ready.isDisjoint(with: [.output, .broken]) else { return }
            var reason: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(link.slot, SOL_SOCKET, SO_ERROR, &reason, &size)
            guard reason == 0 else {
                lose(link, .unreachable(SystemText.of(reason)))
                return
            }
            link.isConnecting = false
            link.since = now
        }
        if ready.contains(.output) { send(link) }
        // A broken connection is read to its end, which is not far: nothing more comes.
        if !ready.isDisjoint(with: [.input, .broken]) { receive(link) }
        settle(link)
    }

    /// Sends what waits of the request. Where that cannot be, the answer may be there all the same.
    func send(_ link: UpstreamLink) {
        guard link.outgoing.send(link.slot, nil, atMost: .max, by: plaintext()) == nil else { return }
        link.outgoing = Outgoing()
        link.isDeaf = true
    }

    private func receive(_ link: UpstreamLink) {
        switch SocketIO.receive(link.slot, into: buffer) {
        case .bytes(let count):
            guard let exchange = link.exchange else {
                shut(link)
                return
            }
            link.hasAnswered = true
            take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), link, exchange)
        case .none: break
        case .end:
            do {
                guard link.exchange != nil else { throw ResponseMistake.endsEarly }
                try link.reader.ended()
                finish(link, mayStay: false)
            } catch {
                lose(link, .mistaken(.endsEarly))
            }
        case .broken: lose(link, .mistaken(.endsEarly))
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, _ link: UpstreamLink, _ exchange: UpstreamExchange) {
        let hadHead = link.reader.head != nil
        let taken: Int
        do throws(ResponseMistake) {
            taken = try link.reader.take(bytes.bindMemory(to: UInt8.self).span, into: &exchange.body)
        } catch {
            lose(link, .mistaken(error))
            return
        }
        if !hadHead, let head = link.reader.head {
            begin(exchange, head)
            if case .over = exchange.stage {
                shut(link)
                return
            }
        }
        if case .collecting(let limit) = exchange.stage, exchange.body.count > limit {
            lose(link, .tooLarge(limit: limit))
            return
        }
        if link.reader.isDone {
            finish(link, mayStay: link.reader.keepsAlive && taken == bytes.count)
        } else if let client = exchange.client {
            pump(client)
        }
    }

    /// The answer's head has come.
    private func begin(_ exchange: UpstreamExchange, _ head: ResponseHead) {
        switch exchange.forward.receiver.answered(head) {
        case .collect(let limit): exchange.stage = .collecting(limit: limit)
        case .stream(let reply):
            guard let client = exchange.client else {
                exchange.forward.receiver.ended(whole: false)
                self.reply(reply, exchange)
                return
            }
            exchange.stage = .streaming
            answer(reply, client)
        }
    }

    /// The answer is whole.
    private func finish(_ link: UpstreamLink, mayStay: Bool) {
        let (exchange, head) = (link.exchange, link.reader.head)
        release(link, mayStay: mayStay)
        guard let exchange, let head else { return }
        let client = exchange.client
        switch exchange.stage {
        case .collecting: reply(exchange.forward.receiver.collected(head, body: exchange.body), exchange)
        case .streaming: exchange.endedWhole = true
        case .asked, .over: break
        }
        if let client { pump(client) }
    }

    /// Hands on what has come of a streamed answer, if its client can take it; whether there was anything.
    func pull(_ connection: Connection) -> Bool {
        guard connection.machine.waiting == .stream else { return false }
        if let source = connection.source { return pull(source, connection) }
        guard let exchange = connection.upstream else { return false }
        if !exchange.body.isEmpty {
            let piece = exchange.body
            exchange.body = []
            exchange.forward.receiver.passed(piece)
            connection.machine.send(piece, into: &output)
            if let link = exchange.link { settle(link) }
            return true
        }
        guard let whole = exchange.endedWhole else { return false }
        exchange.stage = .over
        exchange.client = nil
        connection.upstream = nil
        exchange.forward.receiver.ended(whole: whole)
        connection.machine.finishStream(whole: whole, into: &output)
        return true
    }

    /// The loop has ended.
    func closeUpstreams() {
        for link in upstreams.links.values {
            link.exchange?.client = nil
            close(link.slot)
        }
    }
}
