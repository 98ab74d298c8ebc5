// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

@Suite struct PatternTests {
    /// Patterns that PCRE2 cannot read: they are not enforced, all others of the catalogue's 8,660 are. Nearly all
    /// are mistakes of the models (halves of surrogate pairs, ranges from high to low); one intersects classes, which
    /// PCRE2 cannot.
    private static let unreadable = [
        "autoscaling-plans ScalingPlanName", "chime-sdk-voice ClientRequestId", "cleanrooms CollaborationDescription",
        "cleanrooms CollaborationName", "cleanrooms ColumnTypeString",
        "cleanrooms ConfiguredAudienceModelAssociationName",
        "cleanrooms DisplayName", "cleanrooms GenericResourceName", "cleanrooms ResourceDescription",
        "cleanrooms TableDescription", "cleanroomsml NameString", "cleanroomsml ResourceDescription", "emr UriString",
        "emr-containers UriString", "emr-serverless UriString", "groundstation S3KeyPrefix",
        "iotwireless CertificatePEM",
        "rbin RuleArn", "sagemaker CustomerMetadataKey", "sagemaker CustomerMetadataValue",
        "ssm InstancePropertyFilterValue", "ssm InstancePropertyStringFilterKey",
    ]

    @Test func thePatternsThatAreNotEnforcedAreKnown() throws {
        var found: [String] = []
        for name in Catalogue.shared.serviceNames {
            let service = try #require(Catalogue.shared.service(name))
            found += service.shapes.filter(\.hasUnreadablePattern).map { "\(name) \($0.name)" }
        }
        #expect(found == PatternTests.unreadable)
    }

    @Test func aPatternMatchesTheWholeText() throws {
        let service = try #require(Catalogue.shared.service("kinesis"))
        let shape = service[try #require(service.shape(named: "StreamName"))]
        #expect(shape.matchesPattern("a.b-c_1"))
        #expect(!shape.matchesPattern("a b"))
        #expect(!shape.matchesPattern("a\n"))
    }
}
