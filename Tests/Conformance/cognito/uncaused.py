# SPDX-License-Identifier: Apache-2.0
"""Modelled errors that no state of the fake causes, with the reason. All can be scripted.

Each row: the error, the operations that are meant (all that model it where none are named), and why.
"""

UNCAUSED = [
    ("InternalErrorException", None, "a fault of AWS's own: only a rule causes it"),
    ("InternalServerException", None, "a fault of AWS's own: only a rule causes it"),
    ("ForbiddenException", None, "AWS WAF's refusal: a pool has no firewall here"),
    ("ConcurrentModificationException", None, "calls on a pool are made one after another"),
    ("CodeDeliveryFailureException", None, "codes go to GET /_awry/messages, which nothing hinders"),
    ("InvalidSmsRoleAccessPolicyException", None, "roles are not asked for the right to send: no SMS is sent"),
    ("InvalidSmsRoleTrustRelationshipException", None, "roles are not asked for the right to send: no SMS is sent"),
    ("InvalidEmailRoleAccessPolicyException", None, "no mail is sent by SES"),
    ("TierChangeNotAllowedException", None, "AWS counts changes of the plan and does not say how many it bears"),
    ("UnsupportedIdentityProviderException", None, "the model lets no other kind of provider come so far"),
    ("AccessDeniedException", None, "what policies refuse: under --auth enforce, as of every operation"),
    ("UserPoolTaggingException", "DescribeUserPool", "it changes no tags"),
    ("PreconditionNotMetException", "AdminCreateUser CreateUserImportJob", "AWS does not say which condition"),
    ("InvalidPasswordException", "ConfirmDevice", "a device's password is proved, never shown"),
    ("UsernameExistsException", "ConfirmDevice", "it makes no user"),
    ("InvalidLambdaResponseException", "ConfirmDevice", "it calls no function"),
    ("InvalidUserPoolConfigurationException", "VerifySoftwareToken",
     "what the pool lacks is refused when an authenticator is associated"),
    ("CodeMismatchException", "UpdateUserAttributes", "it takes no code"),
    ("ExpiredCodeException", "UpdateUserAttributes", "it takes no code"),
    ("CodeMismatchException", "VerifySoftwareToken", "AWS says EnableSoftwareTokenMFAException of a wrong code"),
    ("AliasExistsException", "AdminDisableProviderForUser", "it gives nobody an alias"),
    ("TooManyFailedAttemptsException", "AdminConfirmSignUp", "it takes no code"),
    ("TooManyFailedAttemptsException", "ConfirmForgotPassword",
     "AWS says LimitExceededException where too many codes were wrong"),
    ("UserNotConfirmedException", "ChangePassword ConfirmDevice DeleteUser DeleteUserAttributes ForgetDevice GetDevice "
     "GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut ListDevices SetUserMFAPreference "
     "SetUserSettings UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute",
     "only who is confirmed gets a token, and nothing undoes a confirmation"),
    ("UserNotConfirmedException", "ConfirmForgotPassword", "the code confirms the user"),
    ("LimitExceededException", "AdminConfirmSignUp", "it takes no code, and confirms a user once"),
    ("LimitExceededException", "ConfirmSignUp", "AWS says TooManyFailedAttemptsException of too many wrong codes"),
    ("LimitExceededException", "SignUp", "a pool holds 40 million users"),
    ("LimitExceededException", "CreateTerms", "AWS publishes no figure that two kinds for each client would exceed"),
    ("LimitExceededException", "DeleteUserPoolClientSecret ListUserPoolClientSecrets", "they add nothing"),
    ("MFAMethodNotFoundException", "AdminRespondToAuthChallenge RespondToAuthChallenge",
     "the factor is chosen when a sign-in begins"),
    ("ResourceNotFoundException", "DescribeUserPoolDomain", "AWS describes a domain that nobody has by nothing"),
    ("NotAuthorizedException", None, "a caller without the right gets AccessDeniedException, for every operation"),
    ("TooManyRequestsException", None, "AWS publishes no rate for it"),
    ("LimitExceededException", "CompleteWebAuthnRegistration DeleteWebAuthnCredential ListWebAuthnCredentials "
     "StartWebAuthnRegistration", "AWS publishes no figure for passkeys"),
    *[(code, None, "what an authenticator signs is kept, and not judged") for code in (
        "WebAuthnClientMismatchException", "WebAuthnCredentialNotSupportedException",
        "WebAuthnRelyingPartyMismatchException")],
]  # fmt: skip
