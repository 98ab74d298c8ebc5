// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a Lambda function gave back, or how it failed.
public enum TriggerAnswer: Sendable {
    /// It returned this.
    case payload(Value)
    /// It threw an error with this message.
    case failed(String)
    /// It could not be invoked.
    case unreachable(String)
}

extension UserPool {
    /// Asks the function that the pool has for a trigger; nil where it has none. The event goes out as AWS words it
    /// ("Customizing user pool workflows with Lambda triggers"); a function that nobody scripts returns it unchanged.
    func trigger(
        _ name: String, as source: String, _ user: PoolUser?, _ client: UserPoolClient?, _ call: FakeCall,
        request: Fields = [:], response: Fields = [:]
    ) throws(WireError) -> Fields? {
        let lambdas = settings["LambdaConfig"]?.fields
        let version = lambdas?["\(name)Config"]?.fields
        guard let function = lambdas?[name]?.string ?? version?["LambdaArn"]?.string else { return nil }
        var asked = request
        if let user {
            var attributes: Fields = ["sub": .string(user.sub)]
            for (name, value) in user.attributes.sorted(by: { $0.key < $1.key }) { attributes[name] = .string(value) }
            if user.isConfirmed { attributes["cognito:user_status"] = .string(user.status.rawValue) }
            asked["userAttributes"] = .structure(attributes)
        }
        let event: Fields = [
            "version": .string(
                version?["LambdaVersion"]?.string.map { $0.dropFirst().prefix(1) }.map(String.init) ?? "1"),
            "triggerSource": .string(source), "region": .string(place.region), "userPoolId": .string(id),
            "userName": .string(user?.username ?? call.members.text("Username")),
            "callerContext": [
                "awsSdkVersion": "aws-sdk-unknown-unknown",
                "clientId": .string(client?.id ?? "CLIENT_ID_NOT_APPLICABLE"),
            ],
            "request": .structure(asked), "response": .structure(response),
        ]
        switch call.invoke?(function, .structure(event)) ?? .payload(.structure(event)) {
        case .payload(let value):
            guard let answer = value.fields else {
                throw call.error("InvalidLambdaResponseException", "Unrecognizable lambda output")
            }
            return answer
        case .failed(let message):
            throw call.error("UserLambdaValidationException", "\(name) failed with error \(message).")
        case .unreachable(let message):
            throw call.error("UnexpectedLambdaException", "\(name) invocation failed due to error \(message).")
        }
    }

    /// Tells the trigger after a confirmation.
    func confirmed(
        _ user: PoolUser, as source: String, _ client: UserPoolClient?, _ call: FakeCall
    ) throws(WireError) {
        _ = try trigger(
            "PostConfirmation", as: source, user, client, call, request: ["clientMetadata": call.clientMetadata])
    }
}

extension FakeCall {
    /// What a client tells triggers.
    var clientMetadata: Value { input["ClientMetadata"] ?? [:] }

    /// What a client gives for the validation of a sign-up, as triggers see it.
    var validationData: Value {
        var data: Fields = [:]
        for pair in input["ValidationData"]?.list ?? [] {
            if let name = pair.fields?["Name"]?.string { data[name] = pair.fields?["Value"] ?? "" }
        }
        return .structure(data)
    }
}
