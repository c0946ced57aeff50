"""EC2: monitoring, recovery, network interfaces that outlive their instance, and launch templates without extra tags.

Fills MonitorInstances, UnmonitorInstances and ModifyInstanceMaintenanceOptions, which moto has not; RunInstances, where
moto forgets who recovers the instance; DescribeInstanceAttribute, where a template without user data gives its
instances an empty one; TerminateInstances, after which moto leaves the
network interfaces attached; CreateLaunchTemplate, where moto adds the template's own tags to those it gives
instances; and DescribeSecurityGroupRules and ModifySecurityGroupRules, where moto knows a description only of rules
about addresses.
"""

from __future__ import annotations

import copy
from typing import Any, Callable

from moto.ec2.models import EC2Backend
from moto.ec2.models.instances import Instance
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.responses import EC2Response

from .filler import Filler, add_actions, result, wrap, wrap_property

FILLERS = [
    Filler("ec2", ("MonitorInstances", "UnmonitorInstances"), "aws_instance.monitoring; moto has neither"),
    Filler(
        "ec2",
        ("RunInstances", "ModifyInstanceMaintenanceOptions"),
        "aws_instance.maintenance_options; moto forgets them, a change in every plan",
    ),
    Filler(
        "ec2",
        ("DescribeInstanceAttribute",),
        "aws_instance.user_data of a template without; moto answers an empty text, a change in every plan",
    ),
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
    Filler(
        "ec2",
        ("DescribeSecurityGroupRules",),
        "the description of a rule about a security group or prefix list; moto drops it, a change in every plan",
    ),
    Filler("ec2", ("ModifySecurityGroupRules",), "a changed rule for all protocols; moto insists on ports"),
]

DEFAULT_MAINTENANCE = {"AutoRecovery": "default"}


def install() -> None:
    wrap(Instance, "terminate", _releasing_interfaces)
    wrap(EC2Backend, "create_launch_template", _without_own_tags)
    wrap(EC2Backend, "describe_instance_attribute", _none_for_empty)
    wrap(EC2Backend, "modify_security_group_rules", _with_all_ports)
    wrap(SecurityGroupRule, "__init__", _remembering_description)
    wrap_property(SecurityGroupRule, "description", _of_any_source)
    wrap(EC2Response, "run_instances", _remembering_maintenance)
    add_actions(EC2Response, (monitor_instances, unmonitor_instances, modify_instance_maintenance_options))


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


def _remembering_maintenance(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_instances(self: Any) -> Any:
        options = self._get_param("MaintenanceOptions") or {}
        answer = original(self)
        for instance in answer.result.instances:
            instance.maintenance_options = {**DEFAULT_MAINTENANCE, **options}
        return answer

    return run_instances


def modify_instance_maintenance_options(self: Any) -> Any:
    instance_id = self._get_param("InstanceId")
    instance = self.ec2_backend.get_instance(instance_id)
    instance.maintenance_options = {**DEFAULT_MAINTENANCE, "AutoRecovery": self._get_param("AutoRecovery")}
    return result({"InstanceId": instance_id, **instance.maintenance_options})


def _none_for_empty(original: Callable[..., Any]) -> Callable[..., Any]:
    def describe_instance_attribute(self: Any, instance_id: str, attribute: str) -> Any:
        instance, value = original(self, instance_id, attribute)
        return instance, None if attribute == "userData" and str(value) == "" else value

    return describe_instance_attribute


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


def _remembering_description(original: Callable[..., None]) -> Callable[..., None]:
    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
        self.groundplan_description = prefix_list.get("Description")

    return initialize


def _of_any_source(original: Callable[..., Any]) -> Callable[..., Any]:
    def description(self: Any) -> Any:
        return original(self) or self.source_group.get("Description") or self.groundplan_description

    return description


def _with_all_ports(original: Callable[..., None]) -> Callable[..., None]:
    def modify_security_group_rules(self: Any, group_id: str, rules: Any) -> None:
        for rule in rules.values():
            if rule.get("IpProtocol") == "-1":
                rule.setdefault("FromPort", -1)
                rule.setdefault("ToPort", -1)
        original(self, group_id, rules)

    return modify_security_group_rules
