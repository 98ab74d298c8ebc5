// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryModel

struct SecretShapesTests {
    @Test("Shapes that are secret are shapes that there are, and that the model does not call sensitive")
    func secretShapes() throws {
        for (name, shapes) in SecretShapes.names {
            let service = try #require(Catalogue.shared.service(name))
            let marked = service.shapes.filter { $0.traits.flags.contains(.secret) }
            #expect(Set(marked.map(\.name)) == shapes)
            #expect(marked.allSatisfy { $0.traits.isSecret && !$0.traits.flags.contains(.sensitive) })
        }
    }
}
