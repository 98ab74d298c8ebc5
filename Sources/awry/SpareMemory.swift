// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Memory that the process holds and nothing uses.
enum SpareMemory {
    /// Gives it back to the system. glibc keeps what was freed below what is still in use, and a journal is many small
    /// parts: 64 sandboxes of 300 requests left 20 MiB behind after all of them had been emptied.
    static func giveBack() {
        exchangeKeptBlocks()
        malloc_trim(0)
    }

    /// Has the thread keep other blocks. glibc puts up to 7 freed blocks of each of 64 sizes aside for the thread that
    /// freed them (tcache, "Memory Allocation Tunables", GNU C Library manual), and each may hold on to a page on which
    /// there is nothing else. With those taken, as many more are cut from one place and kept in their stead, and the
    /// old ones are truly freed.
    private static func exchangeKeptBlocks() {
        func blocks() -> [UnsafeMutableRawPointer?] {
            (0..<64).flatMap { size in (0..<7).map { _ in malloc(24 + 16 * size) } }
        }
        let kept = blocks()
        malloc_trim(0)
        let instead = blocks()
        for block in instead { free(block) }
        for block in kept { free(block) }
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
