// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

/// The whole catalogue, counted: the numbers are botocore 1.43.11's own, counted in its files by another program.
@Suite struct CatalogueCountsTests {
    let services: [Service]

    init() throws {
        services = try Catalogue.shared.serviceNames.map { try #require(Catalogue.shared.service($0)) }
    }

    @Test func everyServiceIsThere() {
        #expect(Catalogue.shared.botocoreVersion == "1.43.11")
        #expect(services.count == 424)
        #expect(Catalogue.shared.serviceNames == services.map(\.name))
        let names = Catalogue.shared.serviceNames
        #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func everyOperationAndErrorIsThere() {
        #expect(services.reduce(0) { $0 + $1.operations.count } == 18_378)
        #expect(services.reduce(0) { $0 + $1.errors.count } == 5_641)
        #expect(services.reduce(0) { $0 + $1.operations.reduce(0) { $0 + $1.errors.count } } == 84_788)
        #expect(services.reduce(0) { $0 + $1.operations.filter { $0.errors.isEmpty }.count } == 1_353)
    }

    @Test func everyShapeAndMemberIsThere() {
        #expect(services.reduce(0) { $0 + $1.shapes.count } == 114_839)
        #expect(services.reduce(0) { $0 + $1.shapes.reduce(0) { $0 + $1.members.count } } == 215_596)
        #expect(services.reduce(0) { $0 + $1.shapes.filter { $0.limits.pattern != nil }.count } == 8_660)
        #expect(services.reduce(0) { $0 + $1.shapes.filter { !$0.limits.values.isEmpty }.count } == 10_495)
    }

    @Test func theDirectoryKnowsHowManyOperationsThereAre() {
        for (index, service) in services.enumerated() {
            #expect(Catalogue.shared.operationCount(at: index) == service.operations.count, "\(service.name)")
        }
    }

    @Test(arguments: [
        ("s3", 111, 14, 23), ("sqs", 23, 28, 163), ("kinesis", 39, 16, 205), ("iam", 176, 35, 583),
        ("cognito-idp", 122, 57, 976), ("cognito-identity", 23, 11, 135), ("sts", 11, 12, 30),
    ])
    func countsOfTheServicesThatAreFaked(name: String, operations: Int, errors: Int, pairs: Int) throws {
        let service = try #require(Catalogue.shared.service(name))
        #expect(service.operations.count == operations)
        #expect(service.errors.count == errors)
        #expect(service.operations.reduce(0) { $0 + $1.errors.count } == pairs)
    }

    @Test func everyNameFindsItsThing() {
        for service in services {
            for operation in service.operations {
                #expect(service.operation(operation.name) === operation)
                #expect(service.operation(bytes: Array(operation.name.utf8)[...]) === operation)
            }
            for (index, shape) in service.shapes.enumerated() {
                #expect(service.shape(named: shape.name) == ShapeID(index))
            }
        }
    }
}
