# SPDX-License-Identifier: Apache-2.0
"""Groups, and who is in them."""

from .rows import Refused, Works, cases

STAFF = {"GroupName": "staff"}
NO_GROUP = "Group not found."


def staffed(world):
    return [world.create_group(**STAFF, Precedence=2, Description="d"), world.admin_add_user_to_group(**STAFF)]


test_groups = cases(
    Works("CreateGroup", lambda w: w.create_group(**STAFF, Precedence=1),
          lambda a: (a["Group"]["GroupName"], a["Group"]["Precedence"]) == ("staff", 1)),
    Works("GetGroup", lambda w: [staffed(w), w.get_group(**STAFF)], lambda a: a["Group"]["Description"] == "d"),
    Works("UpdateGroup", lambda w: [staffed(w), w.update_group(**STAFF, Description="e")],
          lambda a: (a["Group"]["Description"], a["Group"]["Precedence"]) == ("e", 2)),
    Works("DeleteGroup", lambda w: [staffed(w), w.delete_group(**STAFF)]),
    Works("ListGroups", lambda w: [staffed(w), w.list_groups()], lambda a: len(a["Groups"]) == 1),
    Works("AdminAddUserToGroup", lambda w: [w.create_group(**STAFF), w.admin_add_user_to_group(**STAFF)]),
    Works("AdminRemoveUserFromGroup", lambda w: [staffed(w), w.admin_remove_user_from_group(**STAFF)]),
    Works("AdminListGroupsForUser", lambda w: [staffed(w), w.admin_list_groups_for_user()],
          lambda a: [group["GroupName"] for group in a["Groups"]] == ["staff"]),
    Works("ListUsersInGroup", lambda w: [staffed(w), w.list_users_in_group(**STAFF)],
          lambda a: [user["Username"] for user in a["Users"]] == ["ann"]),
    Refused("CreateGroup", "GroupExistsException", lambda w: [w.create_group(**STAFF) for _ in range(2)],
            "A group with the name already exists."),
    Refused("GetGroup", "ResourceNotFoundException", lambda w: w.get_group(**STAFF), NO_GROUP),
    Refused("UpdateGroup", "ResourceNotFoundException", lambda w: w.update_group(**STAFF), NO_GROUP),
    Refused("DeleteGroup", "ResourceNotFoundException", lambda w: w.delete_group(**STAFF), NO_GROUP),
    Refused("AdminAddUserToGroup", "ResourceNotFoundException", lambda w: w.admin_add_user_to_group(**STAFF), NO_GROUP),
    Refused("AdminRemoveUserFromGroup", "ResourceNotFoundException",
            lambda w: w.admin_remove_user_from_group(**STAFF), NO_GROUP),
    Refused("ListUsersInGroup", "ResourceNotFoundException", lambda w: w.list_users_in_group(**STAFF), NO_GROUP),
)  # fmt: skip
