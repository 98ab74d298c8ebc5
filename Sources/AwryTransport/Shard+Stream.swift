// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

extension Shard {
    /// Lets a source make the body of the answer that is about to go out.
    func listen(to source: any StreamSource, _ connection: Connection) {
        connection.source = source
        let exchange = connection.exchangeID(shard: index)
        let mailbox = mailbox
        source.begin { _ = mailbox.post(.stir(exchange)) }
    }

    /// A source has something for this exchange.
    func stir(_ exchange: ExchangeID) {
        let slot = Int32(bitPattern: exchange.slot)
        guard let connection = connection(slot, UInt32(truncatingIfNeeded: exchange.generation >> 32)),
            connection.exchangeID(shard: index) == exchange, connection.source != nil
        else { return }
        pump(connection)
    }

    /// Hands on what the source has, if the client can take it; whether there was anything. The stream ends with the
    /// source, with the server, and with the client's own end: who listens has nothing to say after the request.
    func pull(_ source: any StreamSource, _ connection: Connection) -> Bool {
        guard stopsBy == .max, !connection.hasEnded, let piece = source.take() else {
            endSource(of: connection)
            connection.machine.finishStream(whole: true, into: &output)
            return true
        }
        guard !piece.isEmpty else { return false }
        connection.machine.send(piece, into: &output)
        return true
    }

    /// The client of a source is gone, or the stream is over.
    func endSource(of connection: Connection) {
        connection.source.take()?.ended()
    }
}
