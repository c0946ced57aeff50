"""ECS: services keep what they were asked for, and are steady as soon as they exist.

Fills CreateService and UpdateService (capacity provider strategy, availability zone rebalancing, managed tags, ECS
Exec, grace period, deployment settings, Service Connect), PutAccountSettingDefault, RunTask, where moto fails on
containers without memory of their own, and StopTask, after which moto leaves the task's network interface in its
subnet. No container ever runs: a service reports as many running tasks as are desired, so that
`wait_for_steady_state` returns.
"""

from __future__ import annotations

import copy
from typing import Any, Callable, Dict, Optional

from moto.ec2.models import ec2_backends
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from .filler import Filler, add_actions, wrap

FILLERS = [
    Filler(
        "ecs",
        ("CreateService", "UpdateService"),
        "moto drops the capacity provider strategy (a replacement in every plan) and other settings",
    ),
    Filler("ecs", ("CreateService", "UpdateService"), "wait_for_steady_state; moto's tasks stay pending for ever"),
    Filler("ecs", ("RunTask",), "a task on Fargate, where the task has the memory; moto fails"),
    Filler("ecs", ("StopTask",), "moto leaves the network interface, so that subnet and group cannot be destroyed"),
    Filler("ecs", ("PutAccountSettingDefault",), "aws_ecs_account_setting_default; moto has none"),
]

# Members of a request, the attribute moto reads when it answers, and what AWS answers when the request left it out.
REMEMBERED: Dict[str, Any] = {
    "availabilityZoneRebalancing": ("availability_zone_rebalancing", "DISABLED"),
    "enableECSManagedTags": ("enable_ecs_managed_tags", False),
    "enableExecuteCommand": ("enable_execute_command", False),
    "healthCheckGracePeriodSeconds": ("health_check_grace_period_seconds", None),
    "deploymentConfiguration": ("deployment_configuration", None),
    "placementConstraints": ("placement_constraints", []),
    "placementStrategy": ("placement_strategy", []),
    "propagateTags": ("propagate_tags", "NONE"),
    "networkConfiguration": ("network_configuration", {}),
    "loadBalancers": ("load_balancers", []),
    "platformVersion": ("platform_version", None),
}

DEFAULT_DEPLOYMENT = {
    "maximumPercent": 200,
    "minimumHealthyPercent": 100,
    "deploymentCircuitBreaker": {"enable": False, "rollback": False},
}


def install() -> None:
    wrap(EC2ContainerServiceResponse, "create_service", lambda original: _keeping(original, created=True))
    wrap(EC2ContainerServiceResponse, "update_service", lambda original: _keeping(original, created=False))
    wrap(EC2ContainerServiceBackend, "_calculate_task_resource_requirements", _without_memory)
    wrap(EC2ContainerServiceBackend, "stop_task", _releasing_interface)
    add_actions(EC2ContainerServiceResponse, (put_account_setting_default,))


def _keeping(original: Callable[..., Any], created: bool) -> Callable[..., Any]:
    def create_or_update(self: Any) -> Any:
        # moto takes members out of the request while it works.
        request = dict(self._get_params())
        answer = original(self)
        service = answer.result["service"]
        for member, (attribute, default) in REMEMBERED.items():
            if request.get(member) is not None:
                setattr(service, attribute, request[member])
            elif created:
                setattr(service, attribute, default)
        _keep_deployment_configuration(service, request)
        _keep_launch(self, service, request, created)
        _settle(service, request)
        return answer

    return create_or_update


def _keep_deployment_configuration(service: Any, request: Any) -> None:
    if service.deployment_controller["type"] != "ECS":
        return
    service.deployment_configuration = {**DEFAULT_DEPLOYMENT, **(service.deployment_configuration or {})}


def _keep_launch(self: Any, service: Any, request: Any, created: bool) -> None:
    """A service has a launch type or a strategy; one that names neither takes the cluster's default strategy."""
    strategy = request.get("capacityProviderStrategy")
    if created and strategy is None and request.get("launchType") is None:
        strategy = _default_strategy(self, service)
    if strategy:
        service.launch_type = None
        service.capacity_provider_strategy = [{"base": 0, "weight": 0, **item} for item in strategy]


def _default_strategy(self: Any, service: Any) -> Optional[Any]:
    cluster = self.ecs_backend.clusters.get(service.cluster_name)
    return getattr(cluster, "default_capacity_provider_strategy", None)


def _settle(service: Any, request: Any) -> None:
    service.running_count = service.desired_count
    service.pending_count = 0
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
            taskDefinition=service.task_definition,
            launchType=service.launch_type,
            networkConfiguration=service.network_configuration,
        )
        if request.get("serviceConnectConfiguration") is not None:
            deployment["serviceConnectConfiguration"] = request["serviceConnectConfiguration"]


def _without_memory(original: Callable[..., Any]) -> Callable[..., Any]:
    """Around a static method, which so becomes one of the backend."""

    def calculate(_self: Any, task_definition: Any) -> Any:
        sized = copy.copy(task_definition)
        sized.container_definitions = [
            {"memory": container.get("memoryReservation", 0), **container}
            for container in task_definition.container_definitions
        ]
        return original(sized)

    return calculate


def _releasing_interface(original: Callable[..., Any]) -> Callable[..., Any]:
    def stop_task(self: Any, *args: Any, **kwargs: Any) -> Any:
        task = original(self, *args, **kwargs)
        interfaces = ec2_backends[self.account_id][self.region_name]
        details = [detail for attachment in task.attachments for detail in attachment["details"]]
        for detail in details:
            if detail["name"] == "networkInterfaceId" and detail["value"] in interfaces.enis:
                interfaces.delete_network_interface(detail["value"])
        return task

    return stop_task


def put_account_setting_default(self: Any) -> Any:
    return self.put_account_setting()
