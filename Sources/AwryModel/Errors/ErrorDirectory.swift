// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The directory of errors by name: what a code means for an operation of a service.
///
/// A name is looked up among the errors that the operation models, those that the service models, those that the
/// service is known to send outside its model, and those that every AWS service may send; a name that is spelt
/// otherwise elsewhere (AccessDenied, AccessDeniedException) is one error, and comes back as this service spells it.
public enum ErrorDirectory {
    /// The error of this name: a shape's name, a wire code, or another service's spelling of either. Nil where nothing
    /// knows it.
    public static func resolve(_ name: String, operation: Operation, service: Service) -> KnownError? {
        let builder = ErrorBuilder(service, operation)
        if let found = own(name, builder) { return found }
        guard let family = ErrorFamily.of(name) else { return nil }
        return member(of: family, builder)
    }

    /// The error exactly as written, in any service: `namespace#Name` or `Name`.
    ///
    /// The status is the one given, else that of the error which the name means to this operation, else 400; its text
    /// and members come from there too.
    public static func verbatim(
        _ name: String, status: Int? = nil, operation: Operation, service: Service
    ) -> KnownError {
        var written = name[...]
        var namespace: String?
        if let hash = name.lastIndex(of: "#"), hash != name.startIndex {
            namespace = String(name[..<hash])
            written = name[name.index(after: hash)...]
        }
        let code = String(written)
        let known = resolve(code, operation: operation, service: service)
        let status = status ?? known?.status ?? 400
        return KnownError(
            code: code, shape: code, namespace: namespace, status: status, fault: status >= 500 ? .server : .client,
            retry: RetryRules.retry(code: code, status: status, service: service.name),
            messages: known?.messages ?? [""], fields: known?.fields ?? [:], memberNames: known?.memberNames ?? [],
            headers: known?.headers ?? [], origin: .verbatim, shapeRef: known?.shapeRef)
    }

    /// The operation's own throttle: what `error: throttle` means.
    ///
    /// The service's table says which of its codes; else the model, by `retryable.throttling` and then by name; else
    /// the protocol's ThrottlingException or Throttling.
    public static func throttle(operation: Operation, service: Service) -> KnownError {
        let builder = ErrorBuilder(service, operation)
        let codes = builder.table.throttles
        for code in codes {
            if let shape = modelled(code, builder) { return builder.modelled(shape, .operation) }
        }
        if let code = codes.last, let found = resolve(code, operation: operation, service: service) { return found }
        let own = operation.errors.map { service[$0] }
        if let shape = own.first(where: { $0.error?.retry == .throttling }) {
            return builder.modelled(shape, .operation)
        }
        for code in modelledThrottles {
            if let shape = own.first(where: { $0.name == code || $0.error?.code == code }) {
                return builder.modelled(shape, .operation)
            }
        }
        let family = ErrorFamily.of("ThrottlingException")
        return family.flatMap { member(of: $0, builder) }
            ?? verbatim("ThrottlingException", operation: operation, service: service)
    }

    /// What models call their throttles, best first.
    private static let modelledThrottles = [
        "ThrottlingException", "ThrottledException", "Throttling", "TooManyRequestsException", "RequestThrottled",
        "RequestThrottledException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "SlowDown",
    ]

    /// What can well go wrong with an operation: what it models, what the service is known to send for it, and what
    /// every service sends; each error once, in that order.
    public static func all(operation: Operation, service: Service) -> [KnownError] {
        let builder = ErrorBuilder(service, operation)
        var found = Collected()
        for id in operation.errors { found.add(builder.modelled(service[id], .operation)) }
        for row in builder.table.rows where row.applies(to: operation, of: service) {
            if let error = own(row.shape, builder) { found.add(error) }
        }
        for family in ErrorFamily.all {
            if let error = member(of: family, builder) { found.add(error) }
        }
        return found.errors
    }

    /// What can go wrong with a service: what it models, what it is known to send, what every service sends.
    public static func all(service: Service) -> [KnownError] {
        let builder = ErrorBuilder(service, nil)
        var found = Collected()
        for id in service.errors { found.add(builder.modelled(service[id], .service)) }
        for row in builder.table.rows {
            if let error = own(row.shape, builder) { found.add(error) }
        }
        for family in ErrorFamily.all {
            if let error = member(of: family, builder) { found.add(error) }
        }
        return found.errors
    }

    /// The known codes that somebody may have meant by `name`, at most three, nearest first.
    public static func nearest(_ name: String, operation: Operation, service: Service) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        func add(_ name: String) {
            if seen.insert(name).inserted { names.append(name) }
        }
        for error in all(operation: operation, service: service) + all(service: service) {
            add(error.code)
            add(error.shape)
        }
        return Nearest.candidates(for: name, among: names)
    }
}

extension ErrorDirectory {
    /// Errors in order, each code once.
    private struct Collected {
        private(set) var errors: [KnownError] = []
        private var codes: Set<String> = []

        mutating func add(_ error: KnownError) {
            if codes.insert("\(error.code) \(error.shape)").inserted { errors.append(error) }
        }
    }

    /// The error that the operation models under this name, or whose line in the table has it as its code.
    private static func modelled(_ name: String, _ builder: ErrorBuilder) -> Shape? {
        guard let operation = builder.operation else { return nil }
        let shape = builder.table.row(name)?.shape
        return operation.errors.lazy.map { builder.service[$0] }
            .first { $0.name == name || $0.error?.code == name || $0.name == shape }
    }

    /// The error that the service itself knows under exactly this name.
    static func own(_ name: String, _ builder: ErrorBuilder) -> KnownError? {
        if let shape = modelled(name, builder) { return builder.modelled(shape, .operation) }
        let row = builder.table.row(name)
        if let shape = builder.service.error(name) ?? row.flatMap({ builder.service.error($0.shape) }) {
            return builder.modelled(shape, .service)
        }
        return row.map { builder.unmodelled($0, .wellKnown) }
    }

    /// A family's error as the service spells it: its own spelling, else the protocol's.
    static func member(of family: ErrorFamily, _ builder: ErrorBuilder) -> KnownError? {
        var found: KnownError?
        for spelling in family.spellings {
            guard let error = own(spelling, builder) else { continue }
            // Of several the operation's own, then the one that comes first.
            if error.origin == .operation { return error }
            if found == nil { found = error }
        }
        return found ?? family.row(ErrorDialect(builder.service)).map { builder.unmodelled($0, .common) }
    }
}
