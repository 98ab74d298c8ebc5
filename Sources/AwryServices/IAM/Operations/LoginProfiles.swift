// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createLoginProfile: Handler? {
        on { (account, call) throws(WireError) in try account.createLogin(call) }
    }
    static var getLoginProfile: Handler? {
        on { (account, call) throws(WireError) in
            let user = try account.user(of: call)
            return ["LoginProfile": .structure(try user.loginProfile(call).shown(user.entity.name))]
        }
    }
    static var updateLoginProfile: Handler? {
        on { (account, call) throws(WireError) in try account.updateLogin(call) }
    }
    static var deleteLoginProfile: Handler? {
        on { (account, call) throws(WireError) in
            try account.changeUser(of: call) { (user) throws(WireError) in
                _ = try user.loginProfile(call)
                user.login = nil
                return [:]
            }
        }
    }
    static var changePassword: Handler? { on { (account, call) throws(WireError) in try account.changePassword(call) } }
}

extension IAMAccount {
    fileprivate mutating func createLogin(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try user(of: call)
        guard user.login == nil, user.entity.id != id else {
            throw call.error("EntityAlreadyExists", "Login Profile for user \(shownName(user)) already exists.")
        }
        let password = call.members.text("Password")
        try check(password, call)
        let login = LoginProfile(
            password: password, created: call.now, changed: call.now,
            mustReset: call.members["PasswordResetRequired"]?.bool ?? false)
        try changeUser(of: call) { (user) throws(WireError) in user.login = login }
        return ["LoginProfile": .structure(login.shown(user.entity.name))]
    }

    fileprivate mutating func updateLogin(_ call: FakeCall) throws(WireError) -> Fields {
        var login = try user(of: call).loginProfile(call)
        if let password = call.members.optionalText("Password") { try set(password, in: &login, call) }
        if let mustReset = call.members["PasswordResetRequired"]?.bool { login.mustReset = mustReset }
        return try changeUser(of: call) { (user) throws(WireError) in
            user.login = login
            return [:]
        }
    }

    fileprivate mutating func changePassword(_ call: FakeCall) throws(WireError) -> Fields {
        guard call.principal.kind == .user, var user = user(id: call.principal.userID) else {
            throw call.error("InvalidUserType", "Only IAM Users can change their own password")
        }
        guard var login = user.login else {
            throw call.error("NoSuchEntity", "Login Profile for User \(user.entity.name) cannot be found.")
        }
        guard login.password == call.members.text("OldPassword") else {
            throw call.error("AccessDenied", "The old password was incorrect.")
        }
        try set(call.members.text("NewPassword"), in: &login, call)
        login.mustReset = false
        user.login = login
        keep(user)
        return [:]
    }

    private func set(_ password: String, in login: inout LoginProfile, _ call: FakeCall) throws(WireError) {
        try check(password, call)
        if let count = passwordPolicy?.reusePrevention,
            ([login.password] + login.former.reversed()).prefix(Int(count)).contains(password)
        {
            throw call.error(
                "PasswordPolicyViolation",
                "Password does not conform to the account password policy: it was used before.")
        }
        // 24 is the most that a policy can bar.
        login.former = Array((login.former + [login.password]).suffix(24))
        login.password = password
        login.changed = call.now
    }

    private func check(_ password: String, _ call: FakeCall) throws(WireError) {
        if let mistake = (passwordPolicy ?? .standard).mistake(in: password) {
            throw call.error("PasswordPolicyViolation", mistake)
        }
    }
}

extension IAMUser {
    fileprivate func loginProfile(_ call: FakeCall) throws(WireError) -> LoginProfile {
        guard let login else {
            throw call.error("NoSuchEntity", "Login Profile for User \(entity.name) cannot be found.")
        }
        return login
    }
}

extension LoginProfile {
    fileprivate func shown(_ user: String) -> Fields {
        [
            "UserName": .string(user), "CreateDate": .timestamp(created), "PasswordResetRequired": .bool(mustReset),
        ]
    }
}
