"""ElastiCache: users and user groups.

Fills Create/Describe/Modify/DeleteUser, where moto keeps no tags, knows no valkey and leaves a deleted user behind,
and Create/Describe/Modify/DeleteUserGroup, which moto has not.
"""

from __future__ import annotations

from typing import Any, Dict, List

from moto.elasticache.responses import ElastiCacheResponse

from .elasticache import arn_of, found, keep_tags, listed
from .filler import Filler, Record, add_actions, failure, records, result, without_none

FILLERS = [
    Filler(
        "elasticache",
        ("CreateUser", "DescribeUsers", "ModifyUser", "DeleteUser"),
        "aws_elasticache_user; moto keeps no tags, knows no valkey and leaves a deleted user behind",
    ),
    Filler(
        "elasticache",
        ("CreateUserGroup", "DescribeUserGroups", "ModifyUserGroup", "DeleteUserGroup"),
        "aws_elasticache_user_group and _association; moto has none of them",
    ),
]

# A user's way to authenticate is written one way in requests and another in answers.
AUTHENTICATION_TYPE = {"password": "password", "iam": "iam", "no-password-required": "no-password"}


def install() -> None:
    add_actions(
        ElastiCacheResponse,
        (
            create_user,
            describe_users,
            modify_user,
            delete_user,
            create_user_group,
            describe_user_groups,
            modify_user_group,
            delete_user_group,
        ),
    )


def _users(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "users")


def _user_groups(self: Any) -> Dict[str, Record]:
    return records(self.elasticache_backend, "user_groups")


def _authentication(params: Any) -> Record:
    mode = params.get("AuthenticationMode") or {}
    passwords = list(mode.get("Passwords") or params.get("Passwords") or [])
    kind = mode.get("Type") or ("no-password-required" if params.get("NoPasswordRequired") else "password")
    return without_none({"Type": AUTHENTICATION_TYPE[kind], "PasswordCount": len(passwords) or None})


def create_user(self: Any) -> Any:
    name = self.params["UserId"]
    if name in _users(self):
        raise failure("UserAlreadyExists", f"User {name} already exists.")
    user = {
        "UserId": name,
        "UserName": self.params["UserName"],
        "Status": "active",
        "Engine": self.params["Engine"].lower(),
        "MinimumEngineVersion": "7.2" if self.params["Engine"].lower() == "valkey" else "6.0",
        "AccessString": self.params["AccessString"],
        "UserGroupIds": [],
        "Authentication": _authentication(self.params),
        "ARN": arn_of(self, "user", name),
    }
    _users(self)[name] = user
    keep_tags(self, user["ARN"])
    return result(user)


def describe_users(self: Any) -> Any:
    return result({"Users": listed(_users(self), self.params.get("UserId"), "UserNotFound")})


def modify_user(self: Any) -> Any:
    user = found(_users(self), self.params["UserId"], "UserNotFound")
    if self.params.get("AccessString"):
        user["AccessString"] = self.params["AccessString"]
    if any(self.params.get(key) for key in ("AuthenticationMode", "Passwords", "NoPasswordRequired")):
        user["Authentication"] = _authentication(self.params)
    return result(user)


def delete_user(self: Any) -> Any:
    user = found(_users(self), self.params["UserId"], "UserNotFound")
    del _users(self)[self.params["UserId"]]
    return result({**user, "Status": "deleting"})


def create_user_group(self: Any) -> Any:
    name = self.params["UserGroupId"]
    if name in _user_groups(self):
        raise failure("UserGroupAlreadyExists", f"User group {name} already exists.")
    group = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": self.params["Engine"].lower(),
        "UserIds": [],
        "MinimumEngineVersion": "7.2" if self.params["Engine"].lower() == "valkey" else "6.0",
        "ReplicationGroups": [],
        "ServerlessCaches": [],
        "ARN": arn_of(self, "usergroup", name),
    }
    _user_groups(self)[name] = group
    _set_members(self, group, list(self.params.get("UserIds") or []))
    keep_tags(self, group["ARN"])
    return result(group)


def describe_user_groups(self: Any) -> Any:
    groups = listed(_user_groups(self), self.params.get("UserGroupId"), "UserGroupNotFound")
    return result({"UserGroups": groups})


def modify_user_group(self: Any) -> Any:
    group = found(_user_groups(self), self.params["UserGroupId"], "UserGroupNotFound")
    removed = list(self.params.get("UserIdsToRemove") or [])
    added = list(self.params.get("UserIdsToAdd") or [])
    _set_members(self, group, [user for user in group["UserIds"] if user not in removed] + added)
    return result(group)


def delete_user_group(self: Any) -> Any:
    group = found(_user_groups(self), self.params["UserGroupId"], "UserGroupNotFound")
    _set_members(self, group, [])
    del _user_groups(self)[self.params["UserGroupId"]]
    return result({**group, "Status": "deleting"})


def _set_members(self: Any, group: Record, user_ids: List[str]) -> None:
    for user_id in user_ids:
        found(_users(self), user_id, "UserNotFound")
    group["UserIds"] = user_ids
    for user in _users(self).values():
        others = [name for name in user["UserGroupIds"] if name != group["UserGroupId"]]
        user["UserGroupIds"] = others + ([group["UserGroupId"]] if user["UserId"] in user_ids else [])
