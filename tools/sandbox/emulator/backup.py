"""AWS Backup: selections, vault policies and notifications, settings of a region, and tags that can be read.

Fills CreateBackupSelection, GetBackupSelection, DeleteBackupSelection, Put/Get/DeleteBackupVaultAccessPolicy,
Put/Get/DeleteBackupVaultNotifications, ListRecoveryPointsByBackupVault, UpdateBackupPlan, Describe/UpdateRegionSettings
and ListTags. moto has none of them but the last, whose resource it reads from a path with a slash at the end, which
the provider does not send.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import Any, Dict
from urllib.parse import unquote

from moto.backup import urls
from moto.backup.responses import BackupResponse

from .filler import Filler, Record, add_actions, body_of, failure, records

FILLERS = [
    Filler(
        "backup",
        ("CreateBackupSelection", "GetBackupSelection", "DeleteBackupSelection"),
        "aws_backup_selection; moto has none of them",
    ),
    Filler(
        "backup",
        ("PutBackupVaultAccessPolicy", "GetBackupVaultAccessPolicy", "DeleteBackupVaultAccessPolicy"),
        "aws_backup_vault_policy; moto has none of them",
    ),
    Filler(
        "backup",
        ("PutBackupVaultNotifications", "GetBackupVaultNotifications", "DeleteBackupVaultNotifications"),
        "aws_backup_vault_notifications; moto has none of them",
    ),
    Filler(
        "backup",
        ("DescribeRegionSettings", "UpdateRegionSettings"),
        "aws_backup_region_settings; moto has neither",
    ),
    Filler("backup", ("ListRecoveryPointsByBackupVault",), "aws_backup_vault.force_destroy; moto has none"),
    Filler("backup", ("UpdateBackupPlan",), "a changed aws_backup_plan; moto has none"),
    Filler("backup", ("ListTags",), "moto reads the wrong part of the path, so that tags change in every plan"),
]

PATHS = (
    "account-settings/?$",
    "backup-vaults/(?P<name>[^/]+)/notification-configuration$",
    "backup-vaults/(?P<name>[^/]+)/access-policy$",
    "backup-vaults/(?P<name>[^/]+)/recovery-points/?$",
)


def install() -> None:
    for path in PATHS:
        urls.url_paths[f"{{0}}/{path}"] = BackupResponse.dispatch
    add_actions(
        BackupResponse,
        (
            create_backup_selection,
            get_backup_selection,
            delete_backup_selection,
            put_backup_vault_access_policy,
            get_backup_vault_access_policy,
            delete_backup_vault_access_policy,
            put_backup_vault_notifications,
            get_backup_vault_notifications,
            delete_backup_vault_notifications,
            describe_region_settings,
            update_region_settings,
            list_recovery_points_by_backup_vault,
            update_backup_plan,
            list_tags,
        ),
    )


def _selections(self: Any) -> Dict[str, Record]:
    return records(self.backup_backend, "selections")


def _policies(self: Any) -> Dict[str, Record]:
    return records(self.backup_backend, "vault_policies")


def _part(self: Any, after: str) -> str:
    """The part of the path that follows a word of it."""
    parts = [unquote(part) for part in self.path.strip("/").split("/")]
    return parts[parts.index(after) + 1]


def create_backup_selection(self: Any) -> str:
    plan_id = _part(self, "plans")
    self.backup_backend.get_backup_plan(plan_id, None)
    selection = {
        "BackupPlanId": plan_id,
        "SelectionId": str(uuid.uuid4()),
        "CreationDate": time.time(),
        "CreatorRequestId": str(uuid.uuid4()),
        "BackupSelection": body_of(self)["BackupSelection"],
    }
    _selections(self)[selection["SelectionId"]] = selection
    return json.dumps(selection)


def get_backup_selection(self: Any) -> str:
    selection = _selections(self).get(_part(self, "selections"))
    if selection is None:
        raise failure("InvalidParameterValueException", "Cannot find Backup plan or selection with that id")
    return json.dumps(selection)


def delete_backup_selection(self: Any) -> str:
    _selections(self).pop(_part(self, "selections"), None)
    return "{}"


def put_backup_vault_access_policy(self: Any) -> str:
    name = _part(self, "backup-vaults")
    vault = self.backup_backend.describe_backup_vault(name)
    _policies(self)[name] = {
        "BackupVaultName": name,
        "BackupVaultArn": vault.backup_vault_arn,
        "Policy": body_of(self)["Policy"],
    }
    return "{}"


def get_backup_vault_access_policy(self: Any) -> str:
    name = _part(self, "backup-vaults")
    if name not in _policies(self):
        raise failure("ResourceNotFoundException", f"Backup vault {name} has no access policy.")
    return json.dumps(_policies(self)[name])


def delete_backup_vault_access_policy(self: Any) -> str:
    _policies(self).pop(_part(self, "backup-vaults"), None)
    return "{}"


def _notifications(self: Any) -> Dict[str, Record]:
    return records(self.backup_backend, "vault_notifications")


def put_backup_vault_notifications(self: Any) -> str:
    name = _part(self, "backup-vaults")
    vault = self.backup_backend.describe_backup_vault(name)
    identity = {"BackupVaultName": name, "BackupVaultArn": vault.backup_vault_arn}
    _notifications(self)[name] = {**identity, **body_of(self)}
    return "{}"


def get_backup_vault_notifications(self: Any) -> str:
    name = _part(self, "backup-vaults")
    if name not in _notifications(self):
        raise failure("ResourceNotFoundException", f"Backup vault {name} has no notifications.")
    return json.dumps(_notifications(self)[name])


def delete_backup_vault_notifications(self: Any) -> str:
    _notifications(self).pop(_part(self, "backup-vaults"), None)
    return "{}"


def describe_region_settings(self: Any) -> str:
    """The settings that were made; what AWS has for the other services changes too often to list."""
    return json.dumps(records(self.backup_backend, "region_settings"))


def update_region_settings(self: Any) -> str:
    settings = records(self.backup_backend, "region_settings")
    for member, preferences in body_of(self).items():
        settings.setdefault(member, {}).update(preferences)
    return "{}"


def list_recovery_points_by_backup_vault(self: Any) -> str:
    return json.dumps({"RecoveryPoints": []})


def update_backup_plan(self: Any) -> str:
    plan = self.backup_backend.get_backup_plan(_part(self, "plans"), None)
    # A new plan fills in the defaults of its rules; this one keeps its identity.
    changed = type(plan)(body_of(self)["BackupPlan"], plan.creator_request_id, self.backup_backend)
    plan.backup_plan, plan.version_id = changed.backup_plan, changed.version_id
    plan.advanced_backup_settings = changed.advanced_backup_settings
    return json.dumps(plan.to_dict())


def list_tags(self: Any) -> str:
    return json.dumps({"Tags": self.backup_backend.list_tags(_part(self, "tags"))})
