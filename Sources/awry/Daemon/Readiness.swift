// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How a server tells the process that started it that its port answers: it writes its endpoint and a line feed to the
/// descriptor that `AWRY_READY_FD` names, and closes it. A server that cannot serve ends, and so closes it without a
/// word.
enum Readiness {
    static let variable = "AWRY_READY_FD"

    /// Tells, if somebody wants to know.
    static func tell(_ endpoint: String) throws {
        guard let descriptor = try Environment.value(variable, as: Int32.self) else { return }
        guard descriptor > STDERR_FILENO, fcntl(descriptor, F_GETFD) >= 0 else {
            throw Refusal("\(variable)=\(descriptor): expected an open descriptor above 2")
        }
        Terminal.write(endpoint + "\n", to: descriptor)
        close(descriptor)
    }

    /// Waits for the endpoint at the other end of a pipe; nil where none comes.
    static func await(_ descriptor: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 4096 {
            let count = read(descriptor, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }
}
