"""CodeBuild: projects of a pipeline, and what a project remembers.

Fills CreateProject, where moto insists on a location that a project in a pipeline has not, and drops members;
BatchGetProjects, which answers them; and UpdateProject, which moto has not.
"""

from __future__ import annotations

import json
import time
from typing import Any, Callable

from moto.codebuild import responses
from moto.codebuild.responses import CodeBuildResponse

from .filler import Filler, Record, add_actions, body_of, failure, wrap, without_none

FILLERS = [
    Filler(
        "codebuild",
        ("CreateProject", "BatchGetProjects"),
        "aws_codebuild_project of a pipeline; moto insists on a location, and drops the key and other members",
    ),
    Filler("codebuild", ("UpdateProject",), "a changed aws_codebuild_project; moto has none"),
]

# Where the code comes from says the pipeline, or the build specification.
WITHOUT_LOCATION = ("CODEPIPELINE", "NO_SOURCE", "NO_ARTIFACTS")

DEFAULTS: Record = {
    "timeoutInMinutes": 60,
    "queuedTimeoutInMinutes": 480,
    "projectVisibility": "PRIVATE",
    "cache": {"type": "NO_CACHE"},
    "autoRetryLimit": 0,
}


def install() -> None:
    wrap(responses, "_validate_required_params_source", _with_location)
    wrap(responses, "_validate_required_params_artifacts", _with_location)
    wrap(CodeBuildResponse, "create_project", _remembering)
    add_actions(CodeBuildResponse, (update_project,))


def _with_location(original: Callable[[Record], None]) -> Callable[[Record], None]:
    def validate(source: Record) -> None:
        location = source.get("location") or ("-" if source.get("type") in WITHOUT_LOCATION else "")
        original({**source, "location": location})

    return validate


def _remembering(original: Callable[..., str]) -> Callable[..., str]:
    def create_project(self: Any) -> str:
        name = json.loads(original(self))["project"]["name"]
        return json.dumps({"project": _remember(self, name, {**DEFAULTS, **body_of(self)})})

    return create_project


def update_project(self: Any) -> str:
    request = body_of(self)
    if request["name"] not in self.codebuild_backend.codebuild_projects:
        raise failure("ResourceNotFoundException", f"No project {request['name']}")
    return json.dumps({"project": _remember(self, request["name"], request)})


def _remember(self: Any, name: str, request: Record) -> Record:
    members = without_none(request)
    badge = members.pop("badgeEnabled", None)
    metadata = self.codebuild_backend.codebuild_projects[name].project_metadata
    metadata.update(members, lastModified=round(time.time(), 3))
    metadata.pop("lastModifiedDate", None)
    if badge is not None:
        metadata["badge"] = {"badgeEnabled": badge}
    return metadata
