// SPDX-License-Identifier: Apache-2.0

import CGuide

/// The user guide, as it lies in the program: the pages of `Documentation.docc`.
enum Guide {
    /// A page's name, as its file is called: `Scenarios`.
    struct Page {
        let name: String
        fileprivate let bytes: UnsafeBufferPointer<UInt8>

        /// The page, in Markdown.
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// All pages, by name.
    static var pages: [Page] {
        UnsafeBufferPointer(start: awry_guide_start(), count: awry_guide_count).map { page in
            Page(
                name: String(cString: page.name), bytes: UnsafeBufferPointer(start: page.text, count: page.size))
        }
    }

    /// The page of this name, letter case aside.
    static func page(_ name: String) -> Page? {
        pages.first { $0.name.lowercased() == name.lowercased() }
    }
}
