# SPDX-License-Identifier: Apache-2.0
"""Devices that a pool tracks."""

from pycognito.aws_srp import generate_hash_device

from .rows import Refused, Works, cases

TRACKED = {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True}}
ASKED = {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}}
UNKNOWN = {"DeviceKey": "us-east-1_00000000-0000-0000-0000-000000000000"}
NO_DEVICE = "Device does not exist."
NO_TRACKING = "Device tracking is not enabled."
REMEMBERED = {"DeviceRememberedStatus": "remembered"}


def new(world):
    return {"DeviceKey": world.tokens["NewDeviceMetadata"]["DeviceKey"]}


def confirmed(world):
    made = world.tokens["NewDeviceMetadata"]
    _, verifier = generate_hash_device(made["DeviceGroupKey"], made["DeviceKey"])
    return world.confirm_device(**new(world), DeviceSecretVerifierConfig=verifier, DeviceName="laptop")


def remembered(answer):
    attributes = {each["Name"]: each["Value"] for each in answer["Device"]["DeviceAttributes"]}
    return (attributes["dev:device_remembered_status"], attributes["device_name"]) == ("remembered", "laptop")


def tracked(row, *arguments):
    return row(*arguments, pool=TRACKED)


METHODS = {
    "ConfirmDevice": "confirm_device", "ForgetDevice": "forget_device", "GetDevice": "get_device",
    "UpdateDeviceStatus": "update_device_status", "AdminForgetDevice": "admin_forget_device",
    "AdminGetDevice": "admin_get_device", "AdminUpdateDeviceStatus": "admin_update_device_status",
}  # fmt: skip

test_devices = cases(
    tracked(Works, "ConfirmDevice", confirmed, lambda a: a == {"UserConfirmationNecessary": False}),
    Works("ConfirmDevice", confirmed, lambda a: a == {"UserConfirmationNecessary": True}, pool=ASKED),
    tracked(Works, "GetDevice", lambda w: [confirmed(w), w.get_device(**new(w))], remembered),
    tracked(Works, "AdminGetDevice", lambda w: [confirmed(w), w.admin_get_device(**new(w))], remembered),
    tracked(Works, "ListDevices", lambda w: [confirmed(w), w.list_devices()], lambda a: len(a["Devices"]) == 1),
    tracked(Works, "AdminListDevices", lambda w: [confirmed(w), w.admin_list_devices()],
            lambda a: len(a["Devices"]) == 1),
    Works("GetDevice", lambda w: [confirmed(w), w.update_device_status(**new(w), **REMEMBERED),
                                  w.get_device(**new(w))], remembered, pool=ASKED),
    tracked(Works, "UpdateDeviceStatus", lambda w: [confirmed(w), w.update_device_status(**new(w), **REMEMBERED)]),
    tracked(Works, "AdminUpdateDeviceStatus",
            lambda w: [confirmed(w), w.admin_update_device_status(**new(w), **REMEMBERED)]),
    tracked(Works, "ForgetDevice", lambda w: [confirmed(w), w.forget_device(**new(w))]),
    tracked(Works, "AdminForgetDevice", lambda w: [confirmed(w), w.admin_forget_device(**new(w))]),
    tracked(Works, "ListDevices", lambda w: [confirmed(w), w.forget_device(**new(w)), w.list_devices()],
            lambda a: a == {"Devices": []}),
    tracked(Refused, "ConfirmDevice", "DeviceKeyExistsException", lambda w: [confirmed(w), confirmed(w)],
            "Device already exists"),
    tracked(Refused, "ConfirmDevice", "InvalidParameterException", lambda w: w.confirm_device(**new(w))),
    *[tracked(Refused, name, "ResourceNotFoundException",
              lambda w, method=method: getattr(w, method)(**UNKNOWN), NO_DEVICE) for name, method in METHODS.items()],
    *[Refused(name, "InvalidUserPoolConfigurationException",
              lambda w, method=method: getattr(w, method)(**UNKNOWN), NO_TRACKING) for name, method in METHODS.items()],
    Refused("ListDevices", "InvalidUserPoolConfigurationException", lambda w: w.list_devices(), NO_TRACKING),
    Refused("AdminListDevices", "InvalidUserPoolConfigurationException", lambda w: w.admin_list_devices(), NO_TRACKING),
)  # fmt: skip
