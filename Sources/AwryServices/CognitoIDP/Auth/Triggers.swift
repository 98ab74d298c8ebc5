// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a Lambda function gave back, or how it failed.
public enum TriggerAnswer: Sendable {
    /// It returned this.
    case payload(Value)
    /// It returned what is no JSON.
    case garbled
    /// It threw an error with this message.
    case failed(String)
    /// It could not be invoked.
    case unreachable(String)
}

extension UserPool {
    /// The ARN of the function that the pool has for a trigger, and the version of events that it takes.
    private func function(_ trigger: String) -> (arn: String, version: String)? {
        let lambdas = settings["LambdaConfig"]?.fields
        let configuration = lambdas?["\(trigger)Config"]?.fields ?? lambdas?[trigger]?.fields
        guard let arn = configuration?["LambdaArn"]?.string ?? lambdas?[trigger]?.string else { return nil }
        // V2_0 is written "2".
        return (arn, configuration?["LambdaVersion"]?.string.map { String($0.dropFirst().prefix(1)) } ?? "1")
    }

    /// Asks the function that the pool has for a trigger; nil where it has none. The event goes out as AWS words it
    /// ("Customizing user pool workflows with Lambda triggers"); a function that nobody scripts returns it with
    /// `unscripted` as its response, or unchanged.
    func trigger(
        _ name: String, as source: String, _ user: PoolUser?, _ client: UserPoolClient?, _ call: FakeCall,
        request: Fields = [:], response: Fields = [:], unscripted: Fields? = nil
    ) throws(WireError) -> Fields? {
        guard let function = function(name) else { return nil }
        var asked = request
        if let user {
            var attributes: Fields = ["sub": .string(user.sub)]
            for (name, value) in user.attributes.sorted(by: { $0.key < $1.key }) { attributes[name] = .string(value) }
            if user.isConfirmed { attributes["cognito:user_status"] = .string(user.status.rawValue) }
            asked["userAttributes"] = .structure(attributes)
        }
        let client = client?.id ?? call.input["ClientId"]?.string ?? "CLIENT_ID_NOT_APPLICABLE"
        let username = call.input["Username"] ?? call.input["AuthParameters"]?.fields?["USERNAME"]
        var event: Fields = [
            "version": .string(function.version), "triggerSource": .string(source), "region": .string(place.region),
            "userPoolId": .string(id), "userName": user.map { .string($0.username) } ?? username ?? "",
            "callerContext": ["awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": .string(client)],
            "request": .structure(asked), "response": .structure(response),
        ]
        switch call.invoke?(function.arn, .structure(event)) {
        case .payload(let value):
            guard let answer = value.fields else { throw call.badAnswer("Unrecognizable lambda output") }
            return answer
        case .garbled: throw call.badAnswer("Invalid lambda function output : Invalid JSON")
        case .failed(let message):
            throw call.error("UserLambdaValidationException", "\(name) failed with error \(message).")
        case .unreachable(let message):
            throw call.error("UnexpectedLambdaException", "\(name) invocation failed due to error \(message).")
        case nil:
            if let unscripted { event["response"] = .structure(unscripted) }
            return event
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
    /// What a trigger's function returned makes no sense.
    func badAnswer(_ message: String) -> WireError { error("InvalidLambdaResponseException", message) }
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
