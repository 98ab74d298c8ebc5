// SPDX-License-Identifier: Apache-2.0

import CLinux

/// Memory that the process holds and nothing uses.
enum SpareMemory {
    /// Gives it back to the system. glibc keeps what was freed below what is still in use, and a journal is many small
    /// parts: 64 sandboxes of 300 requests left 20 MiB behind after all of them had been emptied.
    static func giveBack() {
        malloc_trim(0)
    }

    /// Sees to it that blocks above 1 MiB come from the system, and go back to it when they are freed; to be called
    /// before anything is served. Left to itself glibc raises that bound to the largest block that was ever freed
    /// (mallopt(3), M_MMAP_THRESHOLD), and at the top of a thread's own heap nothing gives it back: after one answer of
    /// 15 MiB the process kept them.
    static func keepLargeBlocksApart() {
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
    }
}
