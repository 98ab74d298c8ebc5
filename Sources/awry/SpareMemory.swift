// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

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

    /// Lets go of the program's own pages that starting, or a first call, has touched (the command line, the runtime's
    /// tables: 4 MiB of them at the first call) and serving hardly needs. They are the file's, unchanged, and come back
    /// from the system's cache where they are needed.
    ///
    /// Only segments that cannot be written: relocation has changed pages of the others, which the file does not have.
    static func letGoOfCode() {
        guard let headers = UnsafePointer<Elf64_Phdr>(bitPattern: UInt(getauxval(UInt(AT_PHDR)))) else { return }
        let segments = UnsafeBufferPointer(start: headers, count: Int(getauxval(UInt(AT_PHNUM))))
        // Where the headers themselves are, and where they say that they are: so far was the program moved.
        guard let own = segments.first(where: { $0.p_type == UInt32(PT_PHDR) }) else { return }
        let base = UInt(bitPattern: headers) &- UInt(own.p_vaddr)
        let page = UInt(max(sysconf(Int32(_SC_PAGESIZE)), 1))
        for segment in segments where segment.p_type == UInt32(PT_LOAD) && segment.p_flags & UInt32(PF_W) == 0 {
            let start = base &+ UInt(segment.p_vaddr)
            let from = (start &+ page &- 1) / page &* page
            let to = (start &+ UInt(segment.p_filesz)) / page &* page
            guard from < to, let place = UnsafeMutableRawPointer(bitPattern: from) else { continue }
            madvise(place, Int(to &- from), MADV_DONTNEED)
        }
    }
}
