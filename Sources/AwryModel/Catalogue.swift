// SPDX-License-Identifier: Apache-2.0

/// Every AWS service that botocore knows, read from bytes that are part of the program: nothing is parsed before it
/// is asked for.
///
/// A service is decoded at its first look-up and kept for good; after that a look-up is one atomic load. Two threads
/// that are first together both decode, and the first to finish is kept: services are immutable, so both would be the
/// same.
public struct Catalogue: Sendable {
    /// The catalogue that is built into the program.
    public static let shared = Catalogue(embedded: ())

    /// All of it, behind one reference: to pass a catalogue on costs what passing one object costs.
    private let storage: CatalogueStorage

    private var layout: CatalogueLayout? { storage.layout }

    private init(embedded: Void) {
        storage = CatalogueStorage(.embedded, try? CatalogueStorage.layout(.embedded))
    }

    /// A catalogue of these bytes, for tests of the format; throws where the header is none of a catalogue.
    public init(bytes: [UInt8]) throws(CatalogueMistake) {
        let bytes = CatalogueBytes.array(bytes)
        storage = CatalogueStorage(bytes, try CatalogueStorage.layout(bytes))
    }

    /// The version of botocore from which it was made: `1.43.11`.
    public var botocoreVersion: String {
        guard let layout else { return "" }
        return read { buffer throws(CatalogueMistake) in try layout.string(layout.botocoreVersion, buffer) } ?? ""
    }

    /// How many services it has; they are numbered in byte order of their names.
    public var serviceCount: Int { storage.slots.count }

    /// The names of all services, in byte order.
    public var serviceNames: [String] { storage.slots.indices.map(name(at:)) }

    /// The name of service number `index`, empty where there is no such service.
    public func name(at index: Int) -> String {
        guard let layout, storage.slots.indices.contains(index) else { return "" }
        return read { buffer throws(CatalogueMistake) in
            try layout.string(try layout.entry(index, buffer).name, buffer)
        } ?? ""
    }

    /// How many operations service number `index` has, without decoding it.
    public func operationCount(at index: Int) -> Int {
        guard let layout, storage.slots.indices.contains(index) else { return 0 }
        return read { buffer throws(CatalogueMistake) in try layout.entry(index, buffer).operationCount } ?? 0
    }

    /// The number of the service of this name, to look it up without its name from then on.
    public func serviceIndex(_ name: String) -> Int? {
        var name = name
        return name.withUTF8 { serviceIndex(UnsafeRawBufferPointer($0)) }
    }

    private func serviceIndex(_ name: UnsafeRawBufferPointer) -> Int? {
        guard let layout else { return nil }
        return read { buffer throws(CatalogueMistake) -> Int? in
            var low = 0
            var high = layout.serviceCount
            while low < high {
                let middle = (low + high) / 2
                let found = try layout.text(try layout.entry(middle, buffer).name, buffer)
                if found.elementsEqual(name) { return middle }
                if found.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
            }
            return nil
        } ?? nil
    }

    /// The service of this name (botocore's, or that of an endpoint for credentials); decoded at the first call, kept
    /// from then on.
    public func service(_ name: String) -> Service? {
        serviceIndex(name).flatMap(service(at:)) ?? CredentialServices.named(name)
    }

    /// Service number `index`; decoded at the first call, kept from then on. Nil where there is none, or it is damaged.
    public func service(at index: Int) -> Service? {
        guard index >= 0, index < storage.slots.count else { return nil }
        let slot = storage.slots[index]
        if let service = slot.service { return service }
        guard let service = try? decode(at: index) else { return nil }
        return slot.keep(service)
    }

    /// Decodes service number `index` anew. For tests and measurements: all others want `service(at:)`.
    public func decode(at index: Int) throws(CatalogueMistake) -> Service {
        guard let layout, storage.slots.indices.contains(index) else { throw CatalogueMistake("no service \(index)") }
        return try storage.bytes.withBytes { buffer throws(CatalogueMistake) in
            var decoder = try ServiceDecoder(layout, try layout.entry(index, buffer), buffer)
            return try decoder.service()
        }
    }

    /// The services whose `X-Amz-Target` prefix this is: usually one, several where AWS reused it.
    public func services(targetPrefix: some Sequence<UInt8>) -> [String] {
        let prefix = Array(targetPrefix)
        return prefix.withUnsafeBytes { prefix in indexes(of: prefix, in: layout?.targetIndex).map(name(at:)) }
    }

    /// The numbers of the services whose signing name these bytes are, in order: `s3` gives s3, s3control, …
    public func serviceIndexes(signingName: some Sequence<UInt8>) -> [Int] {
        // A request's own bytes, mostly, which are not copied then.
        let found = signingName.withContiguousStorageIfAvailable { name in
            self.indexes(of: UnsafeRawBufferPointer(name), in: layout?.signingIndex)
        }
        return found ?? Array(signingName).withUnsafeBytes { self.indexes(of: $0, in: layout?.signingIndex) }
    }

    /// The numbers of the services whose endpoint prefix these bytes are, in order.
    public func serviceIndexes(endpointPrefix: some Sequence<UInt8>) -> [Int] {
        Array(endpointPrefix).withUnsafeBytes { indexes(of: $0, in: layout?.endpointIndex) }
    }

    /// The service and operation that an `X-Amz-Target` names: `Kinesis_20131202.PutRecord`.
    ///
    /// The prefix may hold dots (`com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101`), an operation's name never
    /// does.
    public func target(_ target: ArraySlice<UInt8>) -> (service: Service, operation: Operation)? {
        guard let dot = target.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let name = target[(dot + 1)...]
        guard let layout = storage.layout else { return nil }
        let found = target[..<dot].withUnsafeBytes { prefix in
            read { buffer throws(CatalogueMistake) in try layout.lookUp(prefix, in: layout.targetIndex, buffer) }
        }
        guard let found else { return nil }
        for place in found {
            let number = read { buffer throws(CatalogueMistake) in try layout.service(place, buffer) }
            if let number, let service = service(at: number), let operation = service.operation(bytes: name) {
                return (service, operation)
            }
        }
        return nil
    }

    /// A copy of the bytes, for tests that damage it.
    package var copyOfBytes: [UInt8] {
        storage.bytes.withBytes { Array($0) }
    }

    private func indexes(of text: UnsafeRawBufferPointer, in place: Int?) -> [Int] {
        guard let layout, let place else { return [] }
        return read { buffer throws(CatalogueMistake) in
            var numbers: [Int] = []
            for place in try layout.lookUp(text, in: place, buffer) {
                numbers.append(try layout.service(place, buffer))
            }
            return numbers
        } ?? []
    }

    /// What `body` reads; nil where the bytes are damaged, which only bytes from a test can be.
    @inline(__always)
    private func read<Result>(_ body: (UnsafeRawBufferPointer) throws(CatalogueMistake) -> Result) -> Result? {
        try? storage.bytes.withBytes(body)
    }
}

extension Catalogue: CustomStringConvertible {
    /// `catalogue of botocore 1.43.11, 424 services`
    public var description: String { "catalogue of botocore \(botocoreVersion), \(serviceCount) services" }
}
