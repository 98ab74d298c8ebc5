// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Room for bodies outside memory: nameless files in the temporary folder, in which every body has a stretch of its
/// own. However many bodies there are, few files are open, so no limit on descriptors bounds them; the room of a body
/// that nobody holds any more goes back to the system at once.
public final class BodyStore: Sendable {
    /// The process's own.
    public static let shared = BodyStore()

    /// A file takes so many bytes before the next is begun: what a file's system did not take back goes with the file.
    private static let fileBytes = 64 << 30
    private static let pageBytes = 4096
    /// Where a file can be made, in the order asked.
    private static let folders = ["/tmp", "/var/tmp", "/dev/shm", "."]

    private struct State {
        var file: BodyFile?
        var next = 0
    }

    private let state = Mutex(State())

    /// A store without a file yet.
    public init() {}

    /// Room for so many bytes; nil where no file can be made.
    func extent(of count: Int) -> FileExtent? {
        let room = (count + Self.pageBytes - 1) / Self.pageBytes * Self.pageBytes
        return state.withLock { state in
            if state.file == nil || state.next > 0 && state.next + room > Self.fileBytes {
                state.file = Self.newFile()
                state.next = 0
            }
            guard let file = state.file else { return nil }
            defer { state.next += room }
            return FileExtent(file, start: state.next, room: room)
        }
    }

    private static func newFile() -> BodyFile? {
        let told = getenv("TMPDIR").map { [String(cString: $0)] } ?? []
        for folder in told + folders {
            if let file = BodyFile(namelessIn: folder) { return file }
        }
        return nil
    }
}
