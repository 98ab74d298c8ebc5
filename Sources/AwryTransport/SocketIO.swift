// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import CLinux
import Glibc

/// Reading and writing without waiting, and without SIGPIPE.
enum SocketIO {
    enum Input {
        case bytes(Int)
        /// Nothing is there now.
        case none
        /// The peer will send no more.
        case end
        case broken
    }

    static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Input {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .bytes(count) }
        if count == 0 { return .end }
        return isTransient(errno) ? .none : .broken
    }

    /// How many bytes the socket took, 0 if it takes none now; nil if it is broken.
    static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int? {
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        if count >= 0 { return count }
        return isTransient(errno) ? 0 : nil
    }

    /// The same for bytes and the body that follows them, in one call.
    static func send(_ descriptor: Int32, _ output: HTTPOutput) -> Int? {
        output.bytes.withUnsafeBytes { head in
            if output.body.isEmpty { return send(descriptor, head) }
            return output.body.withUnsafeBytes { body in
                // `sendmsg` only reads through these pointers.
                let parts = [
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count),
                ]
                return send(descriptor, parts)
            }
        }
    }

    private static func send(_ descriptor: Int32, _ parts: [iovec]) -> Int? {
        var parts = parts
        return parts.withUnsafeMutableBufferPointer { parts in
            var message = msghdr()
            message.msg_iov = parts.baseAddress
            message.msg_iovlen = parts.count
            let count = sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
            if count >= 0 { return count }
            return isTransient(errno) ? 0 : nil
        }
    }

    /// Keeps SIGPIPE from the thread that calls: `sendfile` knows no MSG_NOSIGNAL. Not ignored for the whole process,
    /// whose children would inherit that.
    static func holdBackPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// The same for bytes of a file, which never come into the program's memory; nil too where the file has become
    /// shorter.
    static func send(_ descriptor: Int32, _ file: BodyFile, at start: Int, count: Int) -> Int? {
        var offset = off_t(start)
        let sent = sendfile(descriptor, file.descriptor, &offset, count)
        if sent > 0 { return sent }
        return sent < 0 && isTransient(errno) ? 0 : nil
    }

    /// How many bytes were sent that the peer's system has not acknowledged.
    static func unacknowledged(_ descriptor: Int32) -> Int32 {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? count : 0
    }

    /// From now on, closing sends a reset in the place of an orderly end.
    static func resetOnClose(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private static func isTransient(_ number: Int32) -> Bool {
        number == EAGAIN || number == EWOULDBLOCK || number == EINTR
    }
}
