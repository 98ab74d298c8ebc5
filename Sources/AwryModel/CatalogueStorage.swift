// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a catalogue consists of: its bytes, where their parts are, and the services decoded so far.
final class CatalogueStorage: Sendable {
    let bytes: CatalogueBytes
    /// Nil where the program was built without a catalogue: then there are no services.
    let layout: CatalogueLayout?
    /// A place for each service.
    let slots: [Slot]

    /// Where a decoded service is kept: written once, then never changed until the catalogue goes.
    ///
    /// Not `AtomicLazyReference`, whose `load` is a call of unspecialised generic code that costs more than the rest
    /// of the look-up. The slot owns one count of the service, which the winner of the exchange hands to it and
    /// `deinit` takes back; whoever loads adds a count of its own while the slot, and so that count, lives.
    final class Slot: Sendable {
        private let kept = Atomic<Unmanaged<Service>?>(nil)

        /// The service, if it was decoded.
        @inline(__always)
        var service: Service? { kept.load(ordering: .acquiring)?.takeUnretainedValue() }

        /// Keeps a service unless another is kept already; gives the one that is kept.
        func keep(_ service: Service) -> Service {
            let mine = Unmanaged.passRetained(service)
            let (exchanged, original) = kept.compareExchange(
                expected: nil, desired: mine, successOrdering: .acquiringAndReleasing, failureOrdering: .acquiring)
            if exchanged { return service }
            mine.release()
            return original?.takeUnretainedValue() ?? service
        }

        deinit {
            kept.load(ordering: .acquiring)?.release()
        }
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
