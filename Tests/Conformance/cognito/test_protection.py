# SPDX-License-Identifier: Apache-2.0
"""Threat protection, the logs of a pool, its certificate."""

from .rows import Refused, Works, cases

WATCHED = {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}
RISK = {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}}}
GROUP = {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:shop"}
NO_CLIENT = {"ClientId": "x" * 26}
OFF = "Threat protection is not enabled for the user pool."
VALID = {"FeedbackValue": "Valid"}


def logs(source, level):
    return {"LogConfigurations": [{"LogLevel": level, "EventSource": source, "CloudWatchLogsConfiguration": GROUP}]}


def event(world):
    world.tokens
    return {"EventId": world.admin_list_user_auth_events()["AuthEvents"][0]["EventId"]}


def feedback(world, token="x", **given):
    return world.update_auth_event_feedback(FeedbackToken=token, **VALID, **given)


test_risks = cases(
    Works("SetRiskConfiguration", lambda w: w.set_risk_configuration(**RISK),
          lambda a: RISK.items() <= a["RiskConfiguration"].items(), pool=WATCHED),
    Works("DescribeRiskConfiguration", lambda w: [w.set_risk_configuration(**RISK),
                                                  w.describe_risk_configuration(ClientId=w.pool.client)],
          lambda a: RISK.items() <= a["RiskConfiguration"].items(), pool=WATCHED),
    Works("AdminListUserAuthEvents", lambda w: [w.tokens, w.admin_list_user_auth_events()],
          lambda a: [(each["EventType"], each["EventResponse"]) for each in a["AuthEvents"]] == [("SignIn", "Pass")],
          pool=WATCHED),
    Works("AdminUpdateAuthEventFeedback", lambda w: w.admin_update_auth_event_feedback(**event(w), **VALID),
          pool=WATCHED),
    Works("UpdateAuthEventFeedback", lambda w: feedback(w, **event(w)), pool=WATCHED),
    Refused("SetRiskConfiguration", "UserPoolAddOnNotEnabledException", lambda w: w.set_risk_configuration(**RISK),
            OFF),
    Refused("DescribeRiskConfiguration", "UserPoolAddOnNotEnabledException", lambda w: w.describe_risk_configuration(),
            OFF),
    Refused("AdminListUserAuthEvents", "UserPoolAddOnNotEnabledException", lambda w: w.admin_list_user_auth_events(),
            OFF),
    Refused("AdminUpdateAuthEventFeedback", "UserPoolAddOnNotEnabledException",
            lambda w: w.admin_update_auth_event_feedback(EventId="x", **VALID), OFF),
    Refused("UpdateAuthEventFeedback", "UserPoolAddOnNotEnabledException", lambda w: feedback(w, EventId="x"), OFF),
    Refused("SetRiskConfiguration", "ResourceNotFoundException",
            lambda w: w.set_risk_configuration(**NO_CLIENT, **RISK), pool=WATCHED),
    Refused("DescribeRiskConfiguration", "ResourceNotFoundException",
            lambda w: w.describe_risk_configuration(**NO_CLIENT), pool=WATCHED),
    Refused("AdminUpdateAuthEventFeedback", "ResourceNotFoundException",
            lambda w: w.admin_update_auth_event_feedback(EventId="x", **VALID), "Event does not exist.", pool=WATCHED),
    Refused("UpdateAuthEventFeedback", "ResourceNotFoundException", lambda w: feedback(w, EventId="x"),
            "Event does not exist.", pool=WATCHED),
)  # fmt: skip

test_logs = cases(
    Works("SetLogDeliveryConfiguration",
          lambda w: w.set_log_delivery_configuration(**logs("userNotification", "ERROR")),
          lambda a: len(a["LogDeliveryConfiguration"]["LogConfigurations"]) == 1),
    Works("GetLogDeliveryConfiguration", lambda w: w.get_log_delivery_configuration(),
          lambda a: a["LogDeliveryConfiguration"]["LogConfigurations"] == []),
    Works("GetSigningCertificate", lambda w: w.get_signing_certificate(), lambda a: len(a["Certificate"]) > 100),
    Refused("SetLogDeliveryConfiguration", "FeatureUnavailableInTierException",
            lambda w: w.set_log_delivery_configuration(**logs("userAuthEvents", "INFO"))),
    Refused("SetLogDeliveryConfiguration", "InvalidParameterException",
            lambda w: w.set_log_delivery_configuration(LogConfigurations=[
                {"LogLevel": "ERROR", "EventSource": "userNotification"}]),
            "Each log configuration needs exactly one destination."),
)  # fmt: skip
