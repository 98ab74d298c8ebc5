// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The pages on which people sign up and get a new password: forms for the service's own operations.
extension CognitoIDP {
    static var hostedAccount: Handler { account }

    private static func account(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let id = try state.poolID(ofDomainIn: call)
        guard let pool = state.pools[id] else { throw call.noPool(id) }
        let hosted = HostedCall(call, pool)
        let request: AuthorizationRequest
        do throws(AuthorizationRequest.Refusal) {
            request = try AuthorizationRequest(hosted, in: pool)
        } catch {
            return hosted.show(error)
        }
        let form = HostedForm(hosted: hosted, request: request, pool: pool)
        switch call.operation.name {
        case "SignUpPage": return form.signUp().output()
        case "ForgotPasswordPage": return form.forgotPassword().output()
        default: break
        }
        do throws(WireError) {
            switch call.operation.name {
            case "SubmitSignUp":
                guard case .output(let output)? = try signUp?(&state, form.call("SignUp")),
                    output["UserConfirmed"]?.bool == true
                else { return form.confirm().output() }
            case "SubmitConfirmUser": _ = try confirmSignUp?(&state, form.call("ConfirmSignUp"))
            case "SubmitForgotPassword":
                _ = try forgotPassword?(&state, form.call("ForgotPassword"))
                return form.newPassword().output()
            default: _ = try confirmForgotPassword?(&state, form.call("ConfirmForgotPassword"))
            }
            return HostedPage.redirect(to: hosted.link("login", request.query))
        } catch {
            let message = error.message ?? error.code
            switch call.operation.name {
            case "SubmitSignUp": return form.signUp(message).output()
            case "SubmitConfirmUser": return form.confirm(message).output()
            case "SubmitForgotPassword": return form.forgotPassword(message).output()
            default: return form.newPassword(message).output()
            }
        }
    }
}

/// The forms of these pages, and the calls for which they stand.
private struct HostedForm {
    let hosted: HostedCall
    let request: AuthorizationRequest
    let pool: UserPool

    private var username: String { hosted.text("username") ?? "" }

    /// The call of the service's own operation with what was filled in.
    func call(_ operation: String) -> FakeCall {
        let client = request.client
        var input: Fields = ["ClientId": .string(client.id), "Username": .string(username)]
        if !client.secrets.isEmpty { input["SecretHash"] = .string(client.secretHash(of: username)) }
        if let password = hosted.text("password") { input["Password"] = .string(password) }
        if let code = hosted.text("code") { input["ConfirmationCode"] = .string(code) }
        let attributes = ["email", "phone_number"].compactMap { name -> Value? in
            guard let value = hosted.text(name), !value.isEmpty else { return nil }
            return ["Name": .string(name), "Value": .string(value)]
        }
        if operation == "SignUp" { input["UserAttributes"] = .list(attributes) }
        return hosted.inner(operation, input)
    }

    private func page(_ title: String, _ path: String, _ message: String?) -> HostedPage {
        HostedPage(title: title, message: message, action: hosted.link(path, request.query))
    }

    private var hiddenName: HostedPage.Field {
        .init(name: "username", label: "", kind: "hidden", value: username)
    }

    func signUp(_ message: String? = nil) -> HostedPage {
        var page = page("Sign up", "signup", message)
        page.fields = [.init(name: "username", label: "Username", value: username)]
        if pool.attribute("email") != nil, !pool.usernameAttributes.contains("email") {
            page.fields.append(.init(name: "email", label: "Email", value: hosted.text("email") ?? ""))
        }
        page.fields.append(.init(name: "password", label: "Password", kind: "password"))
        return page
    }

    func confirm(_ message: String? = nil) -> HostedPage {
        var page = page("Confirm your account", "confirmUser", message)
        page.fields = [hiddenName, .init(name: "code", label: "Verification code")]
        return page
    }

    func forgotPassword(_ message: String? = nil) -> HostedPage {
        var page = page("Forgot your password?", "forgotPassword", message)
        page.fields = [.init(name: "username", label: "Username", value: username)]
        return page
    }

    func newPassword(_ message: String? = nil) -> HostedPage {
        var page = page("Change password", "confirmForgotPassword", message)
        page.fields = [
            hiddenName, .init(name: "code", label: "Verification code"),
            .init(name: "password", label: "New password", kind: "password"),
        ]
        return page
    }
}
