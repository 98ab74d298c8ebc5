// SPDX-License-Identifier: Apache-2.0

extension Service {
    /// The member of an input or output that is a stream of events, if it has one.
    public func eventStream(of structure: Shape) -> Member? {
        structure.members.first { self[$0.shape].traits.flags.contains(.eventStream) }
    }

    /// The stream of events that an operation answers with, if it does.
    public func eventStream(of operation: Operation) -> Shape? {
        operation.output.flatMap { eventStream(of: self[$0]) }.map { self[$0.shape] }
    }

    /// The shape of the elements, where a value of this shape is a list: a list's own, and for a stream, whose value is
    /// the list of its events, the stream itself, each element being a structure with one of its members.
    public func element(of id: ShapeID) -> ShapeID? {
        if case .list(let element) = self[id].kind { return element.shape }
        return self[id].traits.flags.contains(.eventStream) ? id : nil
    }
}
