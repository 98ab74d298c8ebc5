// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryModel

/// Finds a rest service's operation by method, path and query: a tree of the templates' segments, made once a service.
///
/// In each place a fixed segment is tried before a variable, and a variable before a greedy one, so that the template
/// with the longest fixed beginning wins.
final class Router: Sendable {
    /// A match: the route, and where in the request's path its variables lie.
    struct Match {
        let route: Route
        let labels: [Range<Int>]
    }

    private struct Node: Sendable {
        var fixed: [(segment: [UInt8], node: Int)] = []
        var label: Int?
        var greedy: Int?
        var group = RouteGroup()
    }

    private let nodes: [Node]

    init(_ service: Service) {
        var nodes = [Node()]
        for operation in Self.preferredFirst(service) {
            let route = Route(operation, of: service)
            var at = 0
            for segment in Route.parts(operation.traits.uri).path.split(separator: "/") {
                at = Self.child(of: at, segment, &nodes)
            }
            nodes[at].group.add(route)
        }
        self.nodes = nodes
    }

    /// Where two operations have one wire form, the one that botocore does not call deprecated.
    private static let deprecated: Set<String> = [
        "GetBucketLifecycle", "PutBucketLifecycle", "GetBucketNotification", "PutBucketNotification",
        "ListDirectoryBuckets",
    ]

    private static func preferredFirst(_ service: Service) -> [AwryModel.Operation] {
        guard service.name == "s3" else { return service.operations }
        return service.operations.filter { !deprecated.contains($0.name) }
            + service.operations.filter { deprecated.contains($0.name) }
    }

    private static func child(of parent: Int, _ segment: Substring, _ nodes: inout [Node]) -> Int {
        if let label = Route.label(segment) {
            if let known = label.isGreedy ? nodes[parent].greedy : nodes[parent].label { return known }
            nodes.append(Node())
            if label.isGreedy { nodes[parent].greedy = nodes.count - 1 } else { nodes[parent].label = nodes.count - 1 }
            return nodes.count - 1
        }
        let bytes = Array(segment.utf8)
        if let known = nodes[parent].fixed.first(where: { $0.segment == bytes }) { return known.node }
        nodes.append(Node())
        nodes[parent].fixed.append((bytes, nodes.count - 1))
        return nodes.count - 1
    }

    /// The route that a request takes, if any. `path` begins with a slash.
    func match(_ head: RequestHead, _ path: ArraySlice<UInt8>, _ query: QueryItems) -> Match? {
        var search = Search(head: head, path: path, query: query, segments: Self.segments(path))
        guard let route = find(&search, node: 0, segment: 0) else { return nil }
        return Match(route: route, labels: search.labels)
    }

    /// For S3, whose levels (service, bucket, object) are cut elsewhere: the routes of `/`, `/{}` or `/{}/{+}`.
    func group(level: Int) -> RouteGroup? {
        switch level {
        case 0: return nodes[0].group
        case 1: return nodes[0].label.map { nodes[$0].group }
        default: return nodes[0].label.flatMap { nodes[$0].greedy }.map { nodes[$0].group }
        }
    }

    private struct Search {
        let head: RequestHead
        let path: ArraySlice<UInt8>
        let query: QueryItems
        let segments: [Range<Int>]
        var labels: [Range<Int>] = []
    }

    /// The path between its slashes; a slash at the end makes no segment, those within do.
    private static func segments(_ path: ArraySlice<UInt8>) -> [Range<Int>] {
        var segments: [Range<Int>] = []
        var start = path.startIndex + (path.first == UInt8(ascii: "/") ? 1 : 0)
        while start < path.endIndex {
            let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
            segments.append(start..<end)
            start = end + 1
        }
        return segments
    }

    private func find(_ search: inout Search, node: Int, segment: Int) -> Route? {
        if segment == search.segments.count {
            return nodes[node].group.choose(search.head, search.query, isStrict: false)
        }
        let range = search.segments[segment]
        for child in nodes[node].fixed where search.path[range].elementsEqual(child.segment) {
            if let route = find(&search, node: child.node, segment: segment + 1) { return route }
        }
        if let child = nodes[node].label, !range.isEmpty {
            search.labels.append(range)
            if let route = find(&search, node: child, segment: segment + 1) { return route }
            search.labels.removeLast()
        }
        if let child = nodes[node].greedy { return findGreedy(&search, node: child, segment: segment) }
        return nil
    }

    /// A greedy variable takes as little as lets the rest fit. Templates have one at most, so this stays linear in the
    /// path's length.
    private func findGreedy(_ search: inout Search, node: Int, segment: Int) -> Route? {
        let start = search.segments[segment].lowerBound
        let hasTail = !nodes[node].fixed.isEmpty
        for next in (hasTail ? segment + 1 : search.segments.count)...search.segments.count {
            // A slash at the very end belongs to the variable.
            let end = next == search.segments.count ? search.path.endIndex : search.segments[next - 1].upperBound
            search.labels.append(start..<end)
            if let route = find(&search, node: node, segment: next) { return route }
            search.labels.removeLast()
        }
        return nil
    }
}
