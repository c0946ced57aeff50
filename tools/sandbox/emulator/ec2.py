"""EC2: detailed monitoring of an instance.

Fills MonitorInstances and UnmonitorInstances; moto has neither.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from .filler import Filler, add_actions, result

FILLERS = [
    Filler("ec2", ("MonitorInstances", "UnmonitorInstances"), "aws_instance.monitoring; moto has neither"),
]


def install() -> None:
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
