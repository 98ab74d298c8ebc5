# SPDX-License-Identifier: Apache-2.0
"""A pool with a client and a user, on which each operation is called with what it needs."""

from functools import cache

from botocore import xform_name

from harness.model import service_model

from .conftest import PASSWORD, Pool

MODEL = service_model("cognito-idp")
MAIL = [{"Name": "email", "Value": "ann@example.com"}, {"Name": "email_verified", "Value": "true"}]
PHONE = [{"Name": "phone_number", "Value": "+15550100"}, {"Name": "phone_number_verified", "Value": "true"}]
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "shop"}


@cache
def members(operation):
    """What an operation's input must hold, and the token that two may have in place of a session."""
    shape = MODEL.operation_model(operation).input_shape
    return set(shape.required_members) | ({"AccessToken"} & set(shape.members))


class World:
    """`world.create_group(GroupName="staff")`: the operation, told of the world's own pool, client, user and token
    where it wants them and none is given."""

    def __init__(self, idp, control, settings=None, client=None):
        self.idp = idp
        self.control = control
        self.pool = Pool(idp, settings, client)
        self.operations = {xform_name(name): name for name in MODEL.operation_names}
        self.own = {"UserPoolId": lambda: self.pool.id, "ClientId": lambda: self.pool.client}
        self.own |= {"Username": lambda: self.ann, "AccessToken": lambda: self.token}
        self.made = {}

    @property
    def ann(self):
        if "ann" not in self.made:
            self.made["ann"] = "ann"
            self.idp.admin_create_user(
                UserPoolId=self.pool.id, Username="ann", UserAttributes=MAIL + PHONE, MessageAction="SUPPRESS"
            )
            self.password(PASSWORD)
        return "ann"

    @property
    def tokens(self):
        if "tokens" not in self.made:
            self.made["tokens"] = self.pool.tokens(self.ann)
        return self.made["tokens"]

    @property
    def token(self):
        return self.tokens["AccessToken"]

    def password(self, password, permanent=True):
        self.idp.admin_set_user_password(
            UserPoolId=self.pool.id, Username="ann", Password=password, Permanent=permanent
        )

    def user(self, name, *attributes, **more):
        """Another user, who has a temporary password."""
        given = {"MessageAction": "SUPPRESS", "UserAttributes": list(attributes)} | more
        return self.idp.admin_create_user(UserPoolId=self.pool.id, Username=name, **given)["User"]

    def newcomer(self, name="bob", *attributes):
        """A user who has signed up and has not confirmed it."""
        self.idp.sign_up(
            ClientId=self.pool.client, Username=name, Password=PASSWORD, UserAttributes=list(attributes)
        )
        return name

    def codes(self):
        """The codes that were sent, oldest first."""
        messages = self.control.demand("GET", "messages")["messages"]
        return ["".join(filter(str.isdigit, message["text"]))[:6] for message in messages]

    def later(self, seconds):
        self.control.advance(seconds)

    def __getattr__(self, name):
        if name.startswith("__") or name not in self.operations:
            raise AttributeError(name)
        operation = self.operations[name]
        taken = members(operation)

        def call(**given):
            others = {"Session", "AccessToken"} & given.keys()
            own = {
                member: value()
                for member, value in self.own.items()
                if member in taken and member not in given and not (member == "AccessToken" and others)
            }
            given = {member: value for member, value in (own | given).items() if value is not None}
            return getattr(self.idp, name)(**given)

        return call
