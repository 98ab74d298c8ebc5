// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a catalogue consists of: its bytes, where their parts are, and the services decoded so far.
final class CatalogueStorage: Sendable {
    let bytes: CatalogueBytes
    /// Nil where the program was built without a catalogue: then there are no services.
    let layout: CatalogueLayout?
    /// A place for each service.
    let slots: [Slot]

    /// Where a decoded service is kept; written once.
    final class Slot: Sendable {
        let service = AtomicLazyReference<Service>()
    }

    init(_ bytes: CatalogueBytes, _ layout: CatalogueLayout?) {
        self.bytes = bytes
        self.layout = layout
        slots = (0..<(layout?.serviceCount ?? 0)).map { _ in Slot() }
    }

    /// Where the parts of these bytes are.
    static func layout(_ bytes: CatalogueBytes) throws(CatalogueMistake) -> CatalogueLayout {
        try bytes.withBytes { buffer throws(CatalogueMistake) in try CatalogueLayout(buffer) }
    }
}
