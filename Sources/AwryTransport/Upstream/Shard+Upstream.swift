// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Glibc

extension Shard {
    /// Passes a request on; `client` is nil where nobody waits for the answer any more. Called in mid-pump, so nothing
    /// here pumps the client: an answer that is there at once waits in its state machine.
    func pass(_ forward: Forward, _ client: Connection?) {
        let exchange = UpstreamExchange(forward, client)
        client?.machine.postpone()
        client?.upstream = exchange
        dispatch(exchange, mayReuse: true)
    }

    /// Finds a connection for a request, or has it wait for one.
    private func dispatch(_ exchange: UpstreamExchange, mayReuse: Bool) {
        if mayReuse, let link = upstreams.wake() {
            link.isReused = true
            assign(exchange, to: link)
            send(link)
            settle(link)
        } else if upstreams.hasRoom {
            connect(exchange)
        } else {
            upstreams.waiting.append(exchange)
        }
    }

    private func assign(_ exchange: UpstreamExchange, to link: UpstreamLink) {
        let forward = exchange.forward
        var request = HTTPOutput()
        request.bytes = forward.head
        request.append(body: forward.body)
        link.outgoing.append(request, after: 0)
        link.reader = ResponseReader(toHead: forward.isHead)
        link.hasAnswered = false
        link.since = now
        link.exchange = exchange
        exchange.link = link
    }

    private func connect(_ exchange: UpstreamExchange) {
        guard let address = options.upstream?.socket else {
            refuseSoon(exchange, .unreachable("there is none"))
            return
        }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, type, 0)
        guard descriptor >= 0 else {
            refuseSoon(exchange, .unreachable(SystemText.of(errno)))
            return
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        lastGeneration &+= 1
        let link = UpstreamLink(slot: descriptor, generation: lastGeneration, now: now)
        guard address.withAddress({ Glibc.connect(descriptor, $0, $1) }) == 0 || errno == EINPROGRESS else {
            let reason = SystemText.of(errno)
            close(descriptor)
            refuseSoon(exchange, .unreachable(reason))
            return
        }
        guard epoll.add(descriptor, lastGeneration, link.interest) else {
            close(descriptor)
            refuseSoon(exchange, .unreachable("no more connections can be watched"))
            return
        }
        upstreams.add(link)
        assign(exchange, to: link)
        settle(link)
    }

    /// The same as `refuse`, by way of the loop's next turn: a client may wait whose turn this is not.
    private func refuseSoon(_ exchange: UpstreamExchange, _ failure: ForwardFailure) {
        guard let client = exchange.client else {
            refuse(exchange, failure)
            return
        }
        exchange.stage = .over
        exchange.client = nil
        client.upstream = nil
        _ = mailbox.post(.answer(exchange.forward.receiver.failed(failure), client.exchangeID(shard: index)))
    }

    /// There is no answer: the client gets what its receiver makes of that.
    func refuse(_ exchange: UpstreamExchange, _ failure: ForwardFailure) {
        reply(exchange.forward.receiver.failed(failure), exchange)
    }

    /// Ends an exchange with an answer that is whole.
    func reply(_ reply: Reply, _ exchange: UpstreamExchange) {
        exchange.stage = .over
        exchange.body = []
        if let client = exchange.client {
            client.upstream = nil
            exchange.client = nil
            answer(reply, client)
        } else if reply.token != 0 {
            responder.delivered(reply.token, Delivery(whole: false, bytes: 0, endedAt: Monotonic.now))
        }
    }

    /// The client is gone. What was only asked is done all the same, as AWS would do it; what is being streamed is
    /// broken off.
    func leave(_ connection: Connection) {
        guard let exchange = connection.upstream else { return }
        connection.upstream = nil
        exchange.client = nil
        guard case .streaming = exchange.stage else {
            exchange.leftAt = now
            if let link = exchange.link { settle(link) }
            guard upstreams.stopWaiting(exchange) else { return }
            refuse(exchange, .unreachable("the client left before its turn came"))
            return
        }
        exchange.stage = .over
        exchange.body = []
        exchange.forward.receiver.ended(whole: false)
        if let link = exchange.link { shut(link) }
    }

    /// Takes the connection away from its exchange, and closes it unless it can serve another.
    func release(_ link: UpstreamLink, mayStay: Bool) {
        link.exchange?.link = nil
        link.exchange = nil
        link.since = now
        if mayStay, link.outgoing.isEmpty, !link.isDeaf, stopsBy == .max, upstreams.rest(link) {
            settle(link)
        } else {
            upstreams.remove(link)
            close(link.slot)
        }
        if !upstreams.waiting.isEmpty { dispatch(upstreams.waiting.removeFirst(), mayReuse: true) }
    }

    /// Closes a connection, whatever it was doing.
    func shut(_ link: UpstreamLink) { release(link, mayStay: false) }

    /// The connection has failed before its answer was whole.
    func lose(_ link: UpstreamLink, _ failure: ForwardFailure) {
        guard let exchange = link.exchange else {
            shut(link)
            return
        }
        // RFC 9112 9.3.1: a connection that rested may be closed just as it is used again.
        let isStale = link.isReused && !link.hasAnswered && failure == .mistaken(.endsEarly)
        shut(link)
        switch exchange.stage {
        case .asked where isStale:
            dispatch(exchange, mayReuse: false)
            return
        case .asked, .collecting:
            let client = exchange.client
            refuse(exchange, failure)
            if let client { pump(client) }
        case .streaming:
            exchange.endedWhole = false
            if let client = exchange.client { pump(client) }
        case .over: break
        }
    }

    /// After a turn with a connection: what it is watched for, and until when.
    func settle(_ link: UpstreamLink) {
        guard upstreams.link(link.slot, link.generation) != nil else { return }
        let wanted = link.wanted
        if wanted != link.interest {
            link.interest = wanted
            epoll.change(link.slot, link.generation, wanted)
        }
        link.deadline = deadline(link)
        guard link.deadline < link.timerAt else { return }
        link.timerAt = link.deadline
        timers.add(TimerQueue.Entry(at: link.deadline, slot: link.slot, generation: link.generation))
    }

    private func deadline(_ link: UpstreamLink) -> UInt64 {
        if link.isConnecting { return link.since &+ UpstreamPool.connectTimeout }
        guard let exchange = link.exchange else { return link.since &+ UpstreamPool.idleTimeout }
        let unheard = exchange.leftAt == .max ? .max : exchange.leftAt &+ UpstreamPool.unheardTimeout
        if case .asked = exchange.stage { return min(link.since &+ UpstreamPool.answerTimeout, unheard) }
        return exchange.isFull ? .max : now &+ UpstreamPool.pieceTimeout
    }

    /// The connection's deadline may have come.
    func timeOut(_ link: UpstreamLink) {
        link.timerAt = .max
        if link.deadline > now {
            settle(link)
        } else if link.exchange == nil {
            shut(link)
        } else {
            lose(link, link.isConnecting ? .unreachable("the connection was not taken in time") : .timedOut)
        }
    }
}
