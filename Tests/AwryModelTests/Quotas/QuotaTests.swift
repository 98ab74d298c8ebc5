// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

struct QuotaTests {
    @Test func namesAreNotGivenTwice() {
        let names = Quota.all.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func everyServiceAndOperationIsTheCataloguesOwn() throws {
        for quota in Quota.all {
            let service = try #require(Catalogue.shared.service(String(quota.service)), "\(quota.name)")
            if case .operations(let names) = quota.reach {
                for name in names { #expect(service.operation(name) != nil, "\(quota.name): \(name)") }
            }
            #expect(service.operations.contains(where: quota.covers), "\(quota.name) limits nothing")
        }
    }

    @Test func everyMemberThatKeepsThingsApartIsTheOperations() throws {
        for quota in Quota.all {
            guard let names = quota.members else { continue }
            let service = try #require(Catalogue.shared.service(String(quota.service)))
            for operation in service.operations where quota.covers(operation) {
                let members = operation.input.map { service[$0].members.map(\.name) } ?? []
                #expect(!Set(members).isDisjoint(with: names), "\(quota.name): \(operation.name) has none of \(names)")
            }
        }
    }
}

extension Quota {
    fileprivate var members: [String]? {
        switch scope {
        case .member(let names), .operationWithin(let names): names
        case .account, .shard, .group, .fastQueue, .prefix: nil
        }
    }
}
