# SPDX-License-Identifier: Apache-2.0
"""Pools: their settings, schema, tags and domains, and imports of users."""

from .rows import Refused, Works, cases
from .world import SMS

ROLE = "arn:aws:iam::123456789012:role/import"
PROTECTED = {"DeletionProtection": "ACTIVE"}
WATCHED = {"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}
NOT_IN_ESSENTIALS = (
    "The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection"
)
NOT_IN_LITE = "The following features need to be disabled for the LITE pricing tier configured: {}"
LITE = {"UserPoolTier": "LITE"}
PLAIN = {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}
TIER = [{"Name": "tier", "AttributeDataType": "Number"}]
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"}
TAGS = {f"k{number}": "" for number in range(51)}
DOMAIN = {"Domain": "shop"}


def arn(world):
    return {"ResourceArn": world.describe_user_pool()["UserPool"]["Arn"]}


def job(world, state="Created"):
    made = world.create_user_import_job(JobName="users", CloudWatchLogsRoleArn=ROLE)["UserImportJob"]
    if state != "Created":
        world.start_user_import_job(JobId=made["JobId"])
    return {"JobId": made["JobId"]}


def named(key, **wanted):
    return lambda answer: wanted.items() <= answer[key].items()


def full(world, operation, count=1000, **given):
    """A world with a pool, by its id, and so many of something, made without a trace; `%` stands for the number."""
    pool = {"cognito-idp.CreateUserPool": {"PoolName": "p"}, "as": "pool"}
    others = range(count - 1 if operation == "CreateUserPool" else count)
    numbered = [{name: value.replace("%", str(number)) for name, value in given.items()} for number in others]
    setup = [pool, *({f"cognito-idp.{operation}": each} for each in numbered)]
    world.control.load({"scenario": "full", "setup": setup, "env": {"POOL_ID": "${pool.UserPool.Id}"}})
    return {"UserPoolId": world.control.demand("GET", "env")["POOL_ID"]}


IN_POOL = {"UserPoolId": "${pool.UserPool.Id}"}
JOB = {"JobName": "j", "CloudWatchLogsRoleArn": ROLE}

test_full = cases(
    Refused("CreateUserPool", "LimitExceededException",
            lambda w: [full(w, "CreateUserPool", PoolName="p"), w.create_user_pool(PoolName="p")],
            "Exceeded the limit of 1000 user pools."),
    Refused("CreateUserPoolClient", "LimitExceededException", lambda w: w.create_user_pool_client(
        **full(w, "CreateUserPoolClient", **IN_POOL, ClientName="c"), ClientName="c"),
        "Exceeded the limit of 1000 app clients per user pool."),
    Refused("CreateUserImportJob", "LimitExceededException", lambda w: w.create_user_import_job(
        **full(w, "CreateUserImportJob", **IN_POOL, **JOB), **JOB),
        "Exceeded the limit of 1000 user import jobs per user pool."),
    Refused("CreateGroup", "LimitExceededException", lambda w: w.create_group(
        **full(w, "CreateGroup", 10_000, **IN_POOL, GroupName="g%"), GroupName="g"),
        "Exceeded the limit of 10000 groups per user pool."),
)  # fmt: skip

test_pools = cases(
    Works("CreateUserPool", lambda w: w.create_user_pool(PoolName="p"), named(
        "UserPool", Name="p", MfaConfiguration="OFF", DeletionProtection="INACTIVE", UserPoolTier="ESSENTIALS",
        EmailConfiguration={"EmailSendingAccount": "COGNITO_DEFAULT"})),
    Works("DescribeUserPool", lambda w: w.describe_user_pool(), named(
        "UserPool", Name="shop", EstimatedNumberOfUsers=0, AccountRecoverySetting={"RecoveryMechanisms": [
            {"Priority": 1, "Name": "verified_email"}, {"Priority": 2, "Name": "verified_phone_number"}]})),
    Works("UpdateUserPool", lambda w: w.update_user_pool(PoolName="new")),
    Works("UpdateUserPool", lambda w: [w.update_user_pool(**PROTECTED), w.describe_user_pool()],
          named("UserPool", DeletionProtection="ACTIVE", Name="shop")),
    Works("DeleteUserPool", lambda w: w.delete_user_pool()),
    Works("ListUserPools", lambda w: w.list_user_pools(MaxResults=60),
          lambda a: [pool["Name"] for pool in a["UserPools"]] == ["shop"]),
    Works("AddCustomAttributes", lambda w: w.add_custom_attributes(CustomAttributes=TIER)),
    Works("AddCustomAttributes", lambda w: [w.add_custom_attributes(CustomAttributes=TIER), w.describe_user_pool()],
          lambda a: a["UserPool"]["SchemaAttributes"][-1]["Name"] == "custom:tier"),
    Refused("CreateUserPool", "InvalidParameterException", lambda w: w.create_user_pool(
        PoolName="p", AliasAttributes=["email"], UsernameAttributes=["email"]),
        "Only one of the aliasAttributes or usernameAttributes can be set in an user pool."),
    Refused("CreateUserPool", "InvalidParameterException", lambda w: w.create_user_pool(
        PoolName="p", MfaConfiguration="ON"),
        "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"),
    Refused("CreateUserPool", "FeatureUnavailableInTierException",
            lambda w: w.create_user_pool(PoolName="p", **WATCHED), NOT_IN_ESSENTIALS),
    Refused("CreateUserPool", "UserPoolTaggingException",
            lambda w: w.create_user_pool(PoolName="p", UserPoolTags=TAGS)),
    Refused("UpdateUserPool", "FeatureUnavailableInTierException", lambda w: w.update_user_pool(**WATCHED),
            NOT_IN_ESSENTIALS),
    Refused("UpdateUserPool", "UserPoolTaggingException", lambda w: w.update_user_pool(UserPoolTags={"aws:k": "v"}),
            "aws: prefixed tag key names are not allowed for external use."),
    Refused("DeleteUserPool", "InvalidParameterException", lambda w: w.delete_user_pool(),
            "The user pool cannot be deleted because deletion protection is activated. Deletion protection must "
            "be inactivated first.", pool=PROTECTED),
    Refused("DeleteUserPool", "InvalidParameterException",
            lambda w: [w.create_user_pool_domain(**DOMAIN), w.delete_user_pool()],
            "User pool cannot be deleted. It has a domain configured that should be deleted first."),
    Refused("AddCustomAttributes", "InvalidParameterException",
            lambda w: [w.add_custom_attributes(CustomAttributes=TIER) for _ in range(2)],
            "custom:tier: Existing attribute already has name custom:tier."),
    Refused("AddCustomAttributes", "UserImportInProgressException",
            lambda w: [job(w, "Pending"), w.add_custom_attributes(CustomAttributes=TIER)]),
    Refused("UpdateUserPool", "UserImportInProgressException", lambda w: [job(w, "Pending"), w.update_user_pool()]),
    Refused("DeleteUserPool", "UserImportInProgressException", lambda w: [job(w, "Pending"), w.delete_user_pool()]),
)  # fmt: skip

test_tags = cases(
    Works("TagResource", lambda w: w.tag_resource(**arn(w), Tags={"k": "v"})),
    Works("ListTagsForResource", lambda w: [w.tag_resource(**arn(w), Tags={"k": "v"}),
                                            w.list_tags_for_resource(**arn(w))], lambda a: a["Tags"] == {"k": "v"}),
    Works("UntagResource", lambda w: w.untag_resource(**arn(w), TagKeys=["k"])),
    Refused("TagResource", "InvalidParameterException", lambda w: w.tag_resource(**arn(w), Tags=TAGS)),
)  # fmt: skip

test_domains = cases(
    Works("CreateUserPoolDomain", lambda w: w.create_user_pool_domain(**DOMAIN),
          lambda a: a == {"ManagedLoginVersion": 1}),
    Works("DescribeUserPoolDomain", lambda w: [w.create_user_pool_domain(**DOMAIN),
                                               w.describe_user_pool_domain(**DOMAIN)],
          named("DomainDescription", Domain="shop", Status="ACTIVE", AWSAccountId="123456789012")),
    Works("DescribeUserPoolDomain", lambda w: w.describe_user_pool_domain(Domain="nobodys"),
          lambda a: a == {"DomainDescription": {}}),
    Works("UpdateUserPoolDomain", lambda w: [w.create_user_pool_domain(**DOMAIN), w.update_user_pool_domain(
        **DOMAIN, ManagedLoginVersion=2)], lambda a: a == {"ManagedLoginVersion": 2}),
    Works("DeleteUserPoolDomain",
          lambda w: [w.create_user_pool_domain(**DOMAIN), w.delete_user_pool_domain(**DOMAIN)]),
    Refused("CreateUserPoolDomain", "InvalidParameterException",
            lambda w: w.create_user_pool_domain(Domain="cognito-shop")),
    Refused("CreateUserPoolDomain", "InvalidParameterException",
            lambda w: [w.create_user_pool_domain(Domain=name) for name in ("shop", "other")]),
    Refused("CreateUserPoolDomain", "FeatureUnavailableInTierException",
            lambda w: w.create_user_pool_domain(**DOMAIN, ManagedLoginVersion=2),
            NOT_IN_LITE.format("Managed Login"), pool=LITE, client=PLAIN),
    Refused("UpdateUserPoolDomain", "FeatureUnavailableInTierException",
            lambda w: [w.create_user_pool_domain(**DOMAIN),
                       w.update_user_pool_domain(**DOMAIN, ManagedLoginVersion=2)], pool=LITE, client=PLAIN),
    Refused("UpdateUserPoolDomain", "InvalidParameterException", lambda w: w.update_user_pool_domain(**DOMAIN),
            "No such domain or user pool exists."),
    Refused("DeleteUserPoolDomain", "InvalidParameterException", lambda w: w.delete_user_pool_domain(**DOMAIN),
            "No such domain or user pool exists."),
    Refused("CreateUserPoolDomain", "LimitExceededException", lambda w: [w.create_user_pool_domain(
        UserPoolId=w.create_user_pool(PoolName="p")["UserPool"]["Id"], Domain=f"shop{number}",
        CustomDomainConfig=CERTIFICATE) for number in range(5)], "Exceeded the limit of 4 custom domains."),
)  # fmt: skip

GONE = {"JobId": "import-0000000000"}
NO_JOB = "User import job import-0000000000 does not exist."


def status(word):
    return lambda answer: answer["UserImportJob"]["Status"] == word


test_import_jobs = cases(
    Works("CreateUserImportJob", lambda w: w.create_user_import_job(JobName="users", CloudWatchLogsRoleArn=ROLE),
          lambda a: a["UserImportJob"]["PreSignedUrl"].startswith("https://")),
    Works("DescribeUserImportJob", lambda w: w.describe_user_import_job(**job(w)), status("Created")),
    Works("StartUserImportJob", lambda w: w.start_user_import_job(**job(w)), status("Pending")),
    Works("DescribeUserImportJob", lambda w: [made := job(w, "Pending"), w.later(30),
                                              w.describe_user_import_job(**made)], status("InProgress")),
    Works("DescribeUserImportJob", lambda w: [made := job(w, "Pending"), w.later(60),
                                              w.describe_user_import_job(**made)], status("Failed")),
    Works("StopUserImportJob", lambda w: w.stop_user_import_job(**job(w, "Pending")), status("Stopped")),
    Works("ListUserImportJobs", lambda w: [job(w), w.list_user_import_jobs(MaxResults=1)],
          lambda a: [each["JobName"] for each in a["UserImportJobs"]] == ["users"]),
    Works("GetCSVHeader", lambda w: w.get_csv_header(),
          lambda a: a["CSVHeader"][0] == "name" and a["CSVHeader"][-1] == "cognito:username"),
    Refused("DescribeUserImportJob", "ResourceNotFoundException", lambda w: w.describe_user_import_job(**GONE), NO_JOB),
    Refused("StartUserImportJob", "ResourceNotFoundException", lambda w: w.start_user_import_job(**GONE), NO_JOB),
    Refused("StartUserImportJob", "PreconditionNotMetException",
            lambda w: w.start_user_import_job(**job(w, "Pending"))),
    Refused("StopUserImportJob", "ResourceNotFoundException", lambda w: w.stop_user_import_job(**GONE), NO_JOB),
    Refused("StopUserImportJob", "PreconditionNotMetException",
            lambda w: [made := job(w, "Pending"), w.later(60), w.stop_user_import_job(**made)]),
)  # fmt: skip

MFA = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
MAIL_MFA = {"EmailMfaConfiguration": {"Message": "Your code is {####}."}}

test_mfa_settings = cases(
    Works("SetUserPoolMfaConfig", lambda w: w.set_user_pool_mfa_config(MfaConfiguration="OPTIONAL", **MFA),
          lambda a: a == MFA | {"MfaConfiguration": "OPTIONAL"}),
    Works("GetUserPoolMfaConfig", lambda w: w.get_user_pool_mfa_config(),
          lambda a: a == {"MfaConfiguration": "OFF", "SmsMfaConfiguration": {"SmsConfiguration": SMS}},
          pool={"SmsConfiguration": SMS}),
    Refused("SetUserPoolMfaConfig", "InvalidParameterException",
            lambda w: w.set_user_pool_mfa_config(MfaConfiguration="ON"),
            "Invalid MFA configuration given, can't turn on MFA without any MFA option."),
    Refused("SetUserPoolMfaConfig", "InvalidParameterException",
            lambda w: w.set_user_pool_mfa_config(MfaConfiguration="OFF", **MFA),
            "Invalid MFA configuration given, can't disable MFA and configure an MFA together."),
    Refused("SetUserPoolMfaConfig", "FeatureUnavailableInTierException",
            lambda w: w.set_user_pool_mfa_config(MfaConfiguration="OPTIONAL", **MAIL_MFA),
            NOT_IN_LITE.format("Email MFA"), pool=LITE, client=PLAIN),
)  # fmt: skip
