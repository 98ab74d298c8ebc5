// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

@Suite struct CatalogueIndexTests {
    private func target(_ text: String) -> (service: Service, operation: AwryModel.Operation)? {
        // Not at the array's start, as in a received head.
        Catalogue.shared.target(Array("x: \(text)".utf8)[3...])
    }

    /// The services of a signing name.
    private func signed(_ name: String) -> [String] {
        Catalogue.shared.serviceIndexes(signingName: name.utf8).map(Catalogue.shared.name(at:))
    }

    /// The services of an endpoint prefix.
    private func reached(_ prefix: String) -> [String] {
        Catalogue.shared.serviceIndexes(endpointPrefix: prefix.utf8).map(Catalogue.shared.name(at:))
    }

    @Test func targetsNameServiceAndOperation() throws {
        let put = try #require(target("Kinesis_20131202.PutRecord"))
        #expect(put.service.name == "kinesis" && put.operation.name == "PutRecord")
        // Two services share this prefix; the operation tells them apart.
        #expect(target("Timestream_20181101.Query")?.service.name == "timestream-query")
        #expect(target("Timestream_20181101.WriteRecords")?.service.name == "timestream-write")
        // A prefix with dots of its own.
        let dotted = try #require(target("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.ListTags"))
        #expect(dotted.service.name == "cloudtrail")
    }

    @Test(arguments: [
        "", ".", "Kinesis_20131202", "Kinesis_20131202.", "Kinesis_20131202.putRecord", "X.PutRecord", ".PutRecord",
    ])
    func otherTargetsNameNothing(text: String) {
        #expect(target(text) == nil)
    }

    @Test func everyTargetOfEveryServiceIsFound() throws {
        for name in Catalogue.shared.serviceNames {
            let service = try #require(Catalogue.shared.service(name))
            guard let prefix = service.metadata.targetPrefix, prefix != "Timestream_20181101" else { continue }
            for operation in service.operations {
                #expect(target("\(prefix).\(operation.name)")?.operation === operation, "\(name) \(operation.name)")
            }
        }
    }

    @Test func namesLeadToServices() {
        let catalogue = Catalogue.shared
        #expect(catalogue.services(targetPrefix: "AmazonSQS".utf8) == ["sqs"])
        #expect(signed("s3").contains("s3control"))
        #expect(signed("s3").first == "s3")
        #expect(reached("streams.dynamodb") == ["dynamodbstreams"])
        #expect(signed("no-such-service").isEmpty)
        #expect(catalogue.service("no-such-service") == nil)
        #expect(catalogue.service(at: -1) == nil && catalogue.service(at: 424) == nil)
        #expect(catalogue.serviceIndex("s3").map(catalogue.name(at:)) == "s3")
    }

    @Test func everyNameOfEveryServiceIsIndexed() throws {
        let catalogue = Catalogue.shared
        for name in catalogue.serviceNames {
            let metadata = try #require(catalogue.service(name)).metadata
            #expect(signed(metadata.signingName).contains(name))
            #expect(reached(metadata.endpointPrefix).contains(name))
        }
    }

    /// All who are first together get the one service that is kept, and it goes with its catalogue.
    @Test func firstLookUpsAtTheSameTimeGetTheSameService() async throws {
        let bytes = Catalogue.shared.copyOfBytes
        for _ in 0..<20 {
            let catalogue = try Catalogue(bytes: bytes)
            let services = await withTaskGroup(of: Service?.self) { group in
                for _ in 0..<16 { group.addTask { catalogue.service("sts") } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let kept = try #require(catalogue.service("sts"))
            #expect(services.count == 16 && services.allSatisfy { $0 === kept })
        }
        weak var gone: Service?
        do {
            let catalogue = try Catalogue(bytes: bytes)
            gone = catalogue.service("sts")
            #expect(catalogue.service("sts") != nil)
        }
        #expect(gone == nil)
    }

    @Test func aServiceIsDecodedOnce() {
        #expect(Catalogue.shared.service("sqs") === Catalogue.shared.service("sqs"))
    }
}
