"""EC2: detailed monitoring, network interfaces that outlive their instance, and launch templates without extra tags.

Fills MonitorInstances and UnmonitorInstances, which moto has not; TerminateInstances, after which moto leaves the network
interfaces attached; and CreateLaunchTemplate, where moto adds the template's own tags to those it gives instances.
"""

from __future__ import annotations

import copy
from typing import Any, Callable

from moto.ec2.models import EC2Backend
from moto.ec2.models.instances import Instance
from moto.ec2.responses import EC2Response

from .filler import Filler, add_actions, result, wrap

FILLERS = [
    Filler("ec2", ("MonitorInstances", "UnmonitorInstances"), "aws_instance.monitoring; moto has neither"),
    Filler(
        "ec2",
        ("TerminateInstances",),
        "an aws_network_interface of its own; moto leaves it attached, so that it cannot be deleted",
    ),
    Filler(
        "ec2",
        ("CreateLaunchTemplate",),
        "aws_launch_template.tags; moto adds them to tag_specifications, a change in every plan",
    ),
]


def install() -> None:
    wrap(Instance, "terminate", _releasing_interfaces)
    wrap(EC2Backend, "create_launch_template", _without_own_tags)
    add_actions(EC2Response, (monitor_instances, unmonitor_instances))


def monitor_instances(self: Any) -> Any:
    return _set_monitoring(self, "enabled")


def unmonitor_instances(self: Any) -> Any:
    return _set_monitoring(self, "disabled")


def _set_monitoring(self: Any, state: str) -> Any:
    monitorings = []
    for instance_id in self._get_param("InstanceIds", []):
        self.ec2_backend.get_instance(instance_id).monitoring_state = state
        monitorings.append({"InstanceId": instance_id, "Monitoring": {"State": state}})
    return result({"InstanceMonitorings": monitorings})


def _releasing_interfaces(original: Callable[..., Any]) -> Callable[..., Any]:
    def terminate(self: Any) -> Any:
        previous = original(self)
        # A terminated instance can still be read for a while, with the interfaces it had.
        remembered = {index: copy.copy(interface) for index, interface in self.nics.items()}
        for interface in list(self.nics.values()):
            self.detach_eni(interface)
        self.nics.update(remembered)
        return previous

    return terminate


def _without_own_tags(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_launch_template(self: Any, name: str, description: str, data: Any, tag_spec: Any) -> Any:
        specifications = data.get("TagSpecifications") or []
        data["TagSpecifications"] = [item for item in specifications if item["ResourceType"] != "launch-template"]
        return original(self, name, description, data, tag_spec)

    return create_launch_template
