// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct UserPoolsTests {
    private var bench: Bench<CognitoIDP>
    private let pool: String
    private let client: String

    init() throws {
        bench = try Bench()
        let made = try bench.call("CreateUserPool", ["PoolName": "shop", "AliasAttributes": ["email"]])
        pool = try #require(made["UserPool"]?.fields?["Id"]?.string)
        let flows: Value = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        let app = try bench.call(
            "CreateUserPoolClient",
            ["UserPoolId": .string(pool), "ClientName": "web", "ExplicitAuthFlows": flows])
        client = try #require(app["UserPoolClient"]?.fields?["ClientId"]?.string)
    }

    private mutating func user(_ name: String, email: String) throws {
        let attributes: Value = [
            ["Name": "email", "Value": .string(email)], ["Name": "email_verified", "Value": "true"],
        ]
        let named: Fields = ["UserPoolId": .string(pool), "Username": .string(name)]
        var making = named
        making["UserAttributes"] = attributes
        try bench.call("AdminCreateUser", making)
        var password = named
        password["Password"] = "Passw0rd!"
        password["Permanent"] = true
        try bench.call("AdminSetUserPassword", password)
    }

    @Test("An alias leads to the user who has it now, and to nobody once he is gone") mutating func aliases() throws {
        try user("ann", email: "ann@example.com")
        let byAlias: Fields = ["UserPoolId": .string(pool), "Username": "ann@example.com"]
        #expect(try bench.call("AdminGetUser", byAlias)["Username"] == "ann")
        var change = byAlias
        change["UserAttributes"] = [["Name": "email", "Value": "new@example.com"]]
        try bench.call("AdminUpdateUserAttributes", change)
        #expect(bench.refusal("AdminGetUser", byAlias)?.code == "UserNotFoundException")
        try bench.call("AdminDeleteUser", ["UserPoolId": .string(pool), "Username": "ann"])
        #expect(
            bench.refusal("AdminGetUser", ["UserPoolId": .string(pool), "Username": "ann"])?.code
                == "UserNotFoundException")
    }

    @Test("A pool with a client, users and groups leaves nothing behind") mutating func deletion() throws {
        try user("ann", email: "ann@example.com")
        try bench.call("CreateGroup", ["UserPoolId": .string(pool), "GroupName": "staff"])
        try bench.call(
            "AdminAddUserToGroup", ["UserPoolId": .string(pool), "GroupName": "staff", "Username": "ann"])
        try bench.call("AdminDeleteUser", ["UserPoolId": .string(pool), "Username": "ann"])
        let left = try bench.call("ListUsersInGroup", ["UserPoolId": .string(pool), "GroupName": "staff"])
        #expect(left["Users"]?.list?.isEmpty == true)
        try bench.call("DeleteUserPool", ["UserPoolId": .string(pool)])
        #expect(bench.state.poolOfClient.isEmpty)
        let asked: Fields = ["ClientId": .string(client), "AuthFlow": "USER_PASSWORD_AUTH"]
        #expect(bench.refusal("InitiateAuth", asked)?.code == "ResourceNotFoundException")
    }

    @Test("Lists come in pages, each user once") mutating func pages() throws {
        for number in 0..<7 { try user("user-\(number)", email: "\(number)@example.com") }
        var names: [String] = []
        var token: Value?
        repeat {
            var asked: Fields = ["UserPoolId": .string(pool), "Limit": 3]
            asked["PaginationToken"] = token
            let page = try bench.call("ListUsers", asked)
            names += (page["Users"]?.list ?? []).compactMap { $0.fields?["Username"]?.string }
            token = page["PaginationToken"]
        } while token != nil
        #expect(names == (0..<7).map { "user-\($0)" })
    }

    @Test("Pools of another account or region are not there") mutating func places() throws {
        bench.place = Place(account: "999999999999", region: "us-east-1")
        #expect(bench.refusal("DescribeUserPool", ["UserPoolId": .string(pool)])?.code == "ResourceNotFoundException")
    }
}
