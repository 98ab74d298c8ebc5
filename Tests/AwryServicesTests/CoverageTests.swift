// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

@testable import AwryServices

/// The properties that operations supply are those that the catalogue has: a misspelt one would leave its operation
/// unfaked without a word.
struct CoverageTests {
    @Test func sqsIsWhole() throws {
        let service = try #require(Catalogue.shared.service("sqs"))
        for operation in service.operations {
            #expect(SQS.handler(operation.name) != nil, "\(operation.name)")
            #expect(World.knows(service, operation))
        }
        #expect(service.operations.count == 23)
    }

    @Test(arguments: [("iam", 176), ("sts", 11)])
    func iamAndSTSAreWhole(name: String, count: Int) throws {
        let service = try #require(Catalogue.shared.service(name))
        for operation in service.operations {
            #expect(IAM.handler(operation.name) != nil, "\(operation.name)")
            #expect(World.knows(service, operation))
        }
        #expect(service.operations.count == count)
    }

    @Test func userPoolsAreWhole() throws {
        let service = try #require(Catalogue.shared.service("cognito-idp"))
        for operation in service.operations {
            #expect(CognitoIDP.handler(operation.name) != nil, "\(operation.name)")
        }
        #expect(service.operations.count == 122)
    }

    @Test func identityPoolsAreWhole() throws {
        let service = try #require(Catalogue.shared.service("cognito-identity"))
        for operation in service.operations {
            #expect(CognitoIdentity.handler(operation.name) != nil, "\(operation.name)")
        }
        #expect(service.operations.count == 23)
    }

    @Test func kinesisIsWhole() throws {
        let service = try #require(Catalogue.shared.service("kinesis"))
        for operation in service.operations { #expect(Kinesis.handler(operation.name) != nil, "\(operation.name)") }
        #expect(service.operations.count == 39)
    }

    @Test func noFakeAnswersWhatTheCatalogueDoesNotHave() {
        for name in ["", "SendMesage", "sendMessage"] { #expect(SQS.handler(name) == nil) }
    }

    @Test func aServiceWithoutAFakeIsNotKnown() throws {
        let service = try #require(Catalogue.shared.service("sns"))
        for operation in service.operations { #expect(!World.knows(service, operation)) }
    }
}
