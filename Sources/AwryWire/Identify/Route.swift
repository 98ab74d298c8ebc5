// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// One operation of a rest service, and what a request must have to be it, beside its path.
final class Route: Sendable {
    /// A part of the template's own query: `?acl`, `?list-type=2`.
    struct Literal: Sendable, Hashable {
        let key: [UInt8]
        /// Nil for a key alone, which any value fits.
        let value: [UInt8]?
    }

    let operation: AwryModel.Operation
    let method: [UInt8]
    /// The names of the template's variables, in order.
    let labels: [String]
    /// Parts of the path between slashes that are fixed: of two services that fit, the one with more is meant.
    let fixedSegments: Int
    /// Whether the template's path ends in a slash, which a path need not do to fit.
    let endsInSlash: Bool
    let literals: [Literal]
    /// Required members in the query: `uploadId` tells ListParts from GetObject.
    let requiredQuery: [[UInt8]]
    /// Required members in headers, lower case: `x-amz-copy-source` tells CopyObject from PutObject.
    let requiredHeaders: [[UInt8]]

    init(_ operation: AwryModel.Operation, of service: Service) {
        self.operation = operation
        method = Array(operation.traits.method.utf8)
        let (path, query) = Route.parts(operation.traits.uri)
        let segments = path.split(separator: "/")
        labels = segments.compactMap { Route.label($0)?.name }
        fixedSegments = segments.count - labels.count
        endsInSlash = path.hasSuffix("/")
        literals = query.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Literal(key: Array(parts[0].utf8), value: parts.count > 1 ? Array(parts[1].utf8) : nil)
        }
        let required = operation.input.map { service[$0].members.filter(\.isRequired) } ?? []
        requiredQuery = required.filter { $0.location == .querystring }.map { Array($0.wireName.utf8) }
        requiredHeaders = required.filter { $0.location == .header }.map { Array($0.wireName.lowercased().utf8) }
    }

    /// How much must be there: of the routes of one path, the most demanding is tried first.
    var demands: Int { literals.count * 16 + requiredQuery.count + requiredHeaders.count }

    static func parts(_ uri: String) -> (path: Substring, query: Substring) {
        guard let mark = uri.firstIndex(of: "?") else { return (uri[...], "") }
        return (uri[..<mark], uri[uri.index(after: mark)...])
    }

    /// The variable that a template's segment is: `{Key+}` is greedy.
    static func label(_ segment: Substring) -> (name: String, isGreedy: Bool)? {
        guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return nil }
        let name = segment.dropFirst().dropLast()
        return name.hasSuffix("+") ? (String(name.dropLast()), true) : (String(name), false)
    }
}

/// The routes of one path, the most demanding first.
struct RouteGroup: Sendable {
    private var methods: [(method: [UInt8], routes: [Route])] = []
    /// Keys alone that some template of this path has (`acl`): who sends one does not mean an operation without it.
    private(set) var markers: [[UInt8]] = []

    mutating func add(_ route: Route) {
        // Equal demands stay in the order added, so that what is preferred must be added first.
        let known = methods.firstIndex { $0.method == route.method }
        if known == nil { methods.append((route.method, [])) }
        let index = known ?? methods.count - 1
        let place = methods[index].routes.firstIndex { $0.demands < route.demands }
        methods[index].routes.insert(route, at: place ?? methods[index].routes.endIndex)
        for literal in route.literals where literal.value == nil && !markers.contains(literal.key) {
            markers.append(literal.key)
        }
    }

    /// The route that a request takes. Routes whose query literals are missing never fit; where none has all of its
    /// required members, the least demanding that still fits is it, so that validation can name what is missing.
    ///
    /// `isStrict`: a request with some marker takes only routes with a literal, and required query members count as
    /// literals. That is S3, where `DELETE /bucket?acl` is refused and must not delete the bucket.
    func choose(_ head: RequestHead, _ query: QueryItems, isStrict: Bool) -> Route? {
        var fallback: Route?
        var twin: Route?
        let method = head.bytes[head.methodRange]
        guard
            let routes = methods.first(where: { $0.method.count == method.count && method.elementsEqual($0.method) })?
                .routes
        else { return nil }
        for route in routes {
            guard fits(route, query) else { continue }
            if isStrict, route.literals.isEmpty, !query.items.isEmpty, hasMarker(query) { continue }
            if hasRequired(route, head, query) {
                guard let first = twin else {
                    // Two operations of one wire form are told apart by `x-id`, which some SDKs add.
                    if let id = query.value("x-id"), !id.elementsEqual(route.operation.name.utf8) {
                        twin = route
                        continue
                    }
                    return route
                }
                if route.demands != first.demands { return first }
                if let id = query.value("x-id"), id.elementsEqual(route.operation.name.utf8) { return route }
            } else if !isStrict || !route.literals.isEmpty || route.requiredQuery.isEmpty {
                fallback = route
            }
        }
        return twin ?? fallback
    }

    private func fits(_ route: Route, _ query: QueryItems) -> Bool {
        guard route.literals.count <= query.items.count else { return false }
        for literal in route.literals {
            guard let found = query.value(literal.key) else { return false }
            if let value = literal.value, !PercentCoding.matches(found, value) { return false }
        }
        return true
    }

    private func hasRequired(_ route: Route, _ head: RequestHead, _ query: QueryItems) -> Bool {
        for name in route.requiredQuery where query.value(name) == nil { return false }
        for name in route.requiredHeaders where !head.hasField(name) { return false }
        return true
    }

    private func hasMarker(_ query: QueryItems) -> Bool {
        markers.contains { query.value($0) != nil }
    }
}

extension RequestHead {
    /// Whether there is a field of this name, letter case aside.
    func hasField(_ name: [UInt8]) -> Bool { name.withUnsafeBufferPointer { value(named: $0) } != nil }

    /// The value of the first field of this name, letter case aside.
    func value(named name: String) -> ArraySlice<UInt8>? {
        var name = name
        return name.withUTF8 { value(named: $0) }
    }

    private func value(named name: UnsafeBufferPointer<UInt8>) -> ArraySlice<UInt8>? {
        for field in fields where field.name.count == name.count {
            var offset = 0
            while offset < name.count, folded(bytes[field.name.lowerBound + offset]) == folded(name[offset]) {
                offset += 1
            }
            if offset == name.count { return bytes[field.value] }
        }
        return nil
    }

    @inline(__always)
    private func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
