// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Dispatch
import Glibc
import Synchronization

/// An HTTP server on sockets: one epoll loop a shard, each the only block of a serial queue. It stops when nobody holds
/// it any more.
public final class Server: Sendable {
    private struct State {
        var mailboxes: [Mailbox] = []
        var counters: [ShardCounters] = []
        var port: UInt16 = 0
    }

    private let options: ServerOptions
    private let responder: any Responder
    private let state = Mutex(State())
    private let running = DispatchGroup()
    /// Of the loops whose port is open.
    private let listening = DispatchGroup()

    /// A server that will listen as `options` say and ask `responder` about every request.
    public init(options: ServerOptions, responder: any Responder) {
        self.options = options
        self.responder = responder
    }

    deinit {
        stop(grace: .zero)
    }

    /// Listens, and serves from now on. To be called once.
    public func start() throws(ListenError) {
        var shards: [Shard.Parts] = []
        do throws(ListenError) {
            for index in 0..<max(options.shards, 1) {
                let (part, port) = try open(UInt32(index), port: index == 0 ? options.port : self.port)
                shards.append(part)
                state.withLock { $0.port = port }
            }
        } catch {
            for shard in shards {
                close(shard.listener)
                close(shard.epoll)
            }
            throw error
        }
        state.withLock { state in
            state.mailboxes = shards.map(\.mailbox)
            state.counters = shards.map(\.counters)
        }
        for shard in shards {
            running.enter()
            listening.enter()
            let running = running
            DispatchQueue(label: "awry.shard.\(shard.index)").async {
                Shard(shard).run()
                running.leave()
            }
        }
    }

    private func open(_ index: UInt32, port: UInt16) throws(ListenError) -> (Shard.Parts, UInt16) {
        let mailbox = try Mailbox()
        let (listener, bound) = try Listener.open(options, port: port)
        do throws(ListenError) {
            let parts = Shard.Parts(
                index: options.firstShard + index, options: options, responder: responder, mailbox: mailbox,
                counters: ShardCounters(), listener: listener, port: bound, epoll: try Epoll.open(),
                listening: listening,
                fillers: options.door.map {
                    Door.put(listener, into: $0.mode(0), port: bound, options: options)
                } ?? [])
            return (parts, bound)
        } catch {
            close(listener)
            throw error
        }
    }

    /// The port that it listens on, once it has started.
    public var port: UInt16 { state.withLock { $0.port } }

    /// Gives the answer that was promised with `BodyDecision.later`, from any thread. If the connection is gone, the
    /// responder hears that nothing was delivered.
    public func answer(_ reply: Reply, for exchange: ExchangeID) {
        let mailbox = state.withLock { state in
            let index = Int(exchange.shard) - Int(options.firstShard)
            return state.mailboxes.indices.contains(index) ? state.mailboxes[index] : nil
        }
        if mailbox?.post(.answer(reply, exchange)) != true, reply.token != 0 {
            responder.delivered(reply.token, Delivery(whole: false, bytes: 0, endedAt: Monotonic.now))
        }
    }

    /// Stops accepting, closes idle connections, lets what is under way finish, and cuts off what has not after
    /// `grace`. Comes back at once; `wait` waits.
    public func stop(grace: Duration) {
        let deadline = Monotonic.now &+ grace.nanoseconds
        for mailbox in state.withLock({ $0.mailboxes }) { _ = mailbox.post(.stop(deadline: deadline)) }
    }

    /// Waits until the server has stopped; not to be called on a responder's turn.
    public func wait() {
        running.wait()
    }

    /// Waits, for at most so many seconds, until a server that was told to stop has closed its port; whether it has.
    public func waitForPort(seconds: Double) -> Bool {
        listening.wait(timeout: .now() + seconds) == .success
    }

    /// Runs `body` on a queue of the system once the server has stopped.
    public func whenStopped(_ body: @escaping @Sendable () -> Void) {
        running.notify(queue: .global()) { body() }
    }

    /// What it has done so far.
    public var counters: ServerCounters {
        var sum = ServerCounters()
        for shard in state.withLock({ $0.counters }) { shard.add(to: &sum) }
        return sum
    }
}
