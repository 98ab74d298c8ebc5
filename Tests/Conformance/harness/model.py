# SPDX-License-Identifier: Apache-2.0
"""botocore's own model as data: every error that an operation models, and what of it reaches the client."""

from dataclasses import dataclass
from functools import cache

from botocore.model import ServiceModel, Shape

from .clients import SERVICES, session


@cache
def service_model(service: str) -> ServiceModel:
    return session()._session.get_service_model(service)


# What botocore's model of SQS leaves out: the query codes and the statuses of AWS's own. The rest: code = shape, 400.
OLD = "AWS.SimpleQueueService."
SQS = {
    "QueueDoesNotExist": (OLD + "NonExistentQueue", 400),
    "QueueNameExists": ("QueueAlreadyExists", 400),
    "QueueDeletedRecently": (OLD + "QueueDeletedRecently", 400),
    "PurgeQueueInProgress": (OLD + "PurgeQueueInProgress", 403),
    "UnsupportedOperation": (OLD + "UnsupportedOperation", 400),
    "BatchEntryIdsNotDistinct": (OLD + "BatchEntryIdsNotDistinct", 400),
    "BatchRequestTooLong": (OLD + "BatchRequestTooLong", 400),
    "EmptyBatchRequest": (OLD + "EmptyBatchRequest", 400),
    "InvalidBatchEntryId": (OLD + "InvalidBatchEntryId", 400),
    "TooManyEntriesInBatchRequest": (OLD + "TooManyEntriesInBatchRequest", 400),
    "MessageNotInflight": (OLD + "MessageNotInflight", 400),
    "ReceiptHandleIsInvalid": ("ReceiptHandleIsInvalid", 404),
    "OverLimit": ("OverLimit", 403),
    "InvalidAddress": ("InvalidAddress", 404),
    "InvalidSecurity": ("InvalidSecurity", 403),
    "RequestThrottled": ("RequestThrottled", 403),
    "ResourceNotFoundException": ("ResourceNotFoundException", 404),
    "KmsAccessDenied": ("KMS.AccessDeniedException", 400),
    "KmsDisabled": ("KMS.DisabledException", 400),
    "KmsInvalidKeyUsage": ("KMS.InvalidKeyUsageException", 400),
    "KmsInvalidState": ("KMS.InvalidStateException", 400),
    "KmsNotFound": ("KMS.NotFoundException", 400),
    "KmsOptInRequired": ("KMS.OptInRequired", 403),
    "KmsThrottled": ("KMS.ThrottlingException", 400),
}
# The firewall in front of a user pool answers 403, where the model says nothing: seen in answers of AWS.
RECORDED = {("cognito-idp", "ForbiddenException"): 403}
# The two services that model no error: common ones, with the status that AWS sends.
UNMODELLED = {
    "ec2": {"RequestLimitExceeded": 503, "UnauthorizedOperation": 403, "InvalidParameterValue": 400},
    "sagemaker-metrics": {"AccessDeniedException": 403, "ThrottlingException": 429},
}


@dataclass(frozen=True)
class Pair:
    """An operation and an error that it models."""

    service: str
    operation: str
    shape: str

    @property
    def label(self) -> str:
        return f"{self.service}.{self.operation}-{self.shape}"

    @property
    def error(self) -> "ErrorFacts":
        return facts(self.service, self.shape)

    @property
    def is_modelled(self) -> bool:
        return self.service not in UNMODELLED

    @property
    def is_head(self) -> bool:
        model = service_model(self.service).operation_model(self.operation)
        return model.http["method"] == "HEAD"


@dataclass(frozen=True)
class ErrorFacts:
    """An error shape, as AWS's protocols put it on the wire."""

    service: str
    shape: str
    code: str
    status: int
    is_fault: bool

    @property
    def model(self) -> Shape:
        return service_model(self.service).shape_for(self.shape)


def pairs(service: str) -> list[Pair]:
    model = service_model(service)
    found = []
    for name in model.operation_names:
        seen = dict.fromkeys(shape.name for shape in model.operation_model(name).error_shapes)
        found += [Pair(service, name, shape) for shape in seen]
    return found


def all_pairs() -> list[Pair]:
    return [pair for service in SERVICES for pair in pairs(service)]


@cache
def facts(service: str, shape_name: str) -> ErrorFacts:
    """Code and status by the rules of the protocols: the model's `error` trait, else 400, or 500 for a fault."""
    model = service_model(service)
    if service in UNMODELLED:
        return ErrorFacts(service, shape_name, shape_name, UNMODELLED[service][shape_name], False)
    shape = model.shape_for(shape_name)
    trait = shape.metadata.get("error", {})
    # botocore reads `fault` from the file, but does not keep it.
    is_fault = bool(model._service_description["shapes"][shape_name].get("fault"))
    if service == "sqs" and shape_name in SQS:
        return ErrorFacts(service, shape_name, *SQS[shape_name], is_fault)
    says_code = model.resolved_protocol in ("query", "rest-xml") or model.is_query_compatible
    code = trait.get("code", shape_name) if says_code else shape_name
    status = RECORDED.get((service, shape_name)) or trait.get("httpStatusCode") or (500 if is_fault else 400)
    return ErrorFacts(service, shape_name, code, status, is_fault)
