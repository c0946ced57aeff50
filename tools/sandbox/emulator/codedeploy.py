"""CodeDeploy: times as numbers, deletion, and deployment groups as they were sent.

Fills GetApplication, DeleteApplication, Create/Get/Update/DeleteDeploymentGroup and
Create/Get/DeleteDeploymentConfig. moto answers times as text, which the SDK refuses to read, and drops most of a
blue/green deployment group.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import Any, Callable, Dict, Tuple

from moto.codedeploy import models
from moto.codedeploy.responses import CodeDeployResponse

from .filler import Filler, Record, add_actions, body_of, failure, records, wrap

FILLERS = [
    Filler("codedeploy", ("GetApplication",), "aws_codedeploy_app; moto answers its time as text"),
    Filler("codedeploy", ("DeleteApplication", "DeleteDeploymentGroup"), "destroying them; moto has neither"),
    Filler(
        "codedeploy",
        ("CreateDeploymentGroup", "GetDeploymentGroup", "UpdateDeploymentGroup"),
        "aws_codedeploy_deployment_group; moto drops most of a blue/green group",
    ),
    Filler(
        "codedeploy",
        ("CreateDeploymentConfig", "GetDeploymentConfig", "DeleteDeploymentConfig"),
        "aws_codedeploy_deployment_config; moto has none of them",
    ),
]


def install() -> None:
    models.iso_8601_datetime_with_milliseconds = lambda *_args, **_kwargs: round(time.time(), 3)
    wrap(CodeDeployResponse, "create_deployment_group", _remembering)
    wrap(CodeDeployResponse, "get_deployment_group", _as_sent)
    add_actions(
        CodeDeployResponse,
        (
            update_deployment_group,
            delete_deployment_group,
            delete_application,
            create_deployment_config,
            get_deployment_config,
            delete_deployment_config,
        ),
    )


def _groups(self: Any) -> Dict[Tuple[str, str], Record]:
    return records(self.codedeploy_backend, "deployment_groups")  # type: ignore[return-value]


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_deployment_group(self: Any) -> Any:
        answer = original(self)
        request = body_of(self)
        request.pop("tags", None)
        _groups(self)[(request["applicationName"], request["deploymentGroupName"])] = request
        return answer

    return create_deployment_group


def _as_sent(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_deployment_group(self: Any) -> Any:
        answer = json.loads(original(self))
        request = body_of(self)
        sent = _groups(self).get((request["applicationName"], request["deploymentGroupName"]), {})
        answer["deploymentGroupInfo"].update(sent)
        return json.dumps(answer)

    return get_deployment_group


def update_deployment_group(self: Any) -> str:
    request = body_of(self)
    key = (request["applicationName"], request.pop("currentDeploymentGroupName"))
    if key not in _groups(self):
        raise failure("DeploymentGroupDoesNotExistException", f"No deployment group {key[1]} in {key[0]}")
    _groups(self)[key].update(request)
    return json.dumps({"hooksNotCleanedUp": []})


def delete_deployment_group(self: Any) -> str:
    request = body_of(self)
    application, group = request["applicationName"], request["deploymentGroupName"]
    self.codedeploy_backend.deployment_groups.get(application, {}).pop(group, None)
    _groups(self).pop((application, group), None)
    return json.dumps({"hooksNotCleanedUp": []})


def delete_application(self: Any) -> str:
    self.codedeploy_backend.applications.pop(body_of(self)["applicationName"], None)
    return "{}"


def _configs(self: Any) -> Dict[str, Record]:
    return records(self.codedeploy_backend, "deployment_configs")


def create_deployment_config(self: Any) -> str:
    config = {**body_of(self), "deploymentConfigId": str(uuid.uuid4()), "createTime": round(time.time(), 3)}
    _configs(self)[config["deploymentConfigName"]] = config
    return json.dumps({"deploymentConfigId": config["deploymentConfigId"]})


def get_deployment_config(self: Any) -> str:
    name = body_of(self)["deploymentConfigName"]
    if name not in _configs(self):
        raise failure("DeploymentConfigDoesNotExistException", f"No deployment configuration {name}")
    return json.dumps({"deploymentConfigInfo": _configs(self)[name]})


def delete_deployment_config(self: Any) -> str:
    _configs(self).pop(body_of(self)["deploymentConfigName"], None)
    return "{}"
