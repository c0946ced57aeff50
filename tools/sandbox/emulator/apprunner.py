"""App Runner: services, and what they share.

Fills Create/Describe/Update/Delete/List and ListOperations of a service, Create/Describe/Delete of auto scaling
configurations, VPC connectors and observability configurations, custom domains, and tags; moto has no such service.
Nothing runs: a service reports RUNNING as soon as it exists.
"""

from __future__ import annotations

import time
import uuid
from typing import Any, Dict

from .filler import Filler, Record, failure, without_none
from .own_service import Call, OwnService, tagging

FILLERS = [
    Filler(
        "apprunner",
        ("CreateService", "DescribeService", "UpdateService", "DeleteService", "ListServices", "ListOperations"),
        "aws_apprunner_service; moto has no such service",
    ),
    Filler(
        "apprunner",
        (
            "CreateAutoScalingConfiguration",
            "DescribeAutoScalingConfiguration",
            "DeleteAutoScalingConfiguration",
            "CreateVpcConnector",
            "DescribeVpcConnector",
            "DeleteVpcConnector",
            "CreateObservabilityConfiguration",
            "DescribeObservabilityConfiguration",
            "DeleteObservabilityConfiguration",
        ),
        "the resources a service names; moto has no such service",
    ),
    Filler(
        "apprunner",
        ("AssociateCustomDomain", "DescribeCustomDomains", "DisassociateCustomDomain"),
        "aws_apprunner_custom_domain_association; moto has no such service",
    ),
    Filler(
        "apprunner",
        ("ListTagsForResource", "TagResource", "UntagResource"),
        "the tags of them all; moto has no such service",
    ),
]

# AWS answers units, whichever way the request wrote them.
CPU_UNITS = {"0.25 vCPU": "256", "0.5 vCPU": "512", "1 vCPU": "1024", "2 vCPU": "2048", "4 vCPU": "4096"}
MEMORY_SUFFIX = " GB"

DEFAULT_INSTANCE = {"Cpu": "1024", "Memory": "2048"}
DEFAULT_HEALTH_CHECK = {
    "Protocol": "TCP",
    "Path": "/",
    "Interval": 5,
    "Timeout": 2,
    "HealthyThreshold": 1,
    "UnhealthyThreshold": 5,
}
DEFAULT_NETWORK: Record = {
    "EgressConfiguration": {"EgressType": "DEFAULT"},
    "IngressConfiguration": {"IsPubliclyAccessible": True},
    "IpAddressType": "IPV4",
}
DEFAULT_SCALING_NAME = "DefaultConfiguration"
SUMMARY = ("AutoScalingConfigurationArn", "AutoScalingConfigurationName", "AutoScalingConfigurationRevision")


def install() -> None:
    """Nothing of moto changes."""


def _now() -> float:
    return round(time.time(), 3)


def _found(call: Call, kind: str, key: str) -> Record:
    record = call.records(kind).get(call.body[key])
    if record is None:
        raise failure("ResourceNotFoundException", f"No {kind} {call.body[key]}")
    return record


def _first_revision(call: Call, kind: str, name: str) -> str:
    if any(f"/{name}/" in arn for arn in call.records(kind)):
        raise NotImplementedError("a second revision of one name")
    return call.arn(f"{kind}/{name}/1/{uuid.uuid4().hex}")


def _created(call: Call, kind: str, arn: str, record: Record) -> Record:
    call.records(kind)[arn] = {**record, "CreatedAt": _now()}
    call.set_tags(arn, call.body.get("Tags") or [])
    return call.records(kind)[arn]


def create_auto_scaling_configuration(call: Call) -> Record:
    name = call.body["AutoScalingConfigurationName"]
    arn = _first_revision(call, "autoscalingconfiguration", name)
    record = {
        "AutoScalingConfigurationArn": arn,
        "AutoScalingConfigurationName": name,
        "AutoScalingConfigurationRevision": 1,
        "Latest": True,
        "Status": "active",
        "MaxConcurrency": call.body.get("MaxConcurrency", 100),
        "MinSize": call.body.get("MinSize", 1),
        "MaxSize": call.body.get("MaxSize", 25),
        "HasAssociatedService": False,
        "IsDefault": False,
    }
    return {"AutoScalingConfiguration": _created(call, "autoscalingconfiguration", arn, record)}


def describe_auto_scaling_configuration(call: Call) -> Record:
    return {"AutoScalingConfiguration": _found(call, "autoscalingconfiguration", "AutoScalingConfigurationArn")}


def delete_auto_scaling_configuration(call: Call) -> Record:
    answer = describe_auto_scaling_configuration(call)
    arn = call.body["AutoScalingConfigurationArn"]
    for service in call.records("service").values():
        if service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"] == arn:
            raise failure("InvalidRequestException", f"{arn} is used by service {service['ServiceName']}")
    del call.records("autoscalingconfiguration")[arn]
    return {"AutoScalingConfiguration": {**answer["AutoScalingConfiguration"], "Status": "inactive"}}


def create_vpc_connector(call: Call) -> Record:
    name = call.body["VpcConnectorName"]
    arn = _first_revision(call, "vpcconnector", name)
    record = {
        "VpcConnectorName": name,
        "VpcConnectorArn": arn,
        "VpcConnectorRevision": 1,
        "Subnets": call.body["Subnets"],
        "SecurityGroups": call.body.get("SecurityGroups") or [],
        "Status": "ACTIVE",
    }
    return {"VpcConnector": _created(call, "vpcconnector", arn, record)}


def describe_vpc_connector(call: Call) -> Record:
    return {"VpcConnector": _found(call, "vpcconnector", "VpcConnectorArn")}


def delete_vpc_connector(call: Call) -> Record:
    answer = describe_vpc_connector(call)
    arn = call.body["VpcConnectorArn"]
    for service in call.records("service").values():
        if service["NetworkConfiguration"]["EgressConfiguration"].get("VpcConnectorArn") == arn:
            raise failure("InvalidRequestException", f"{arn} is used by service {service['ServiceName']}")
    del call.records("vpcconnector")[arn]
    return {"VpcConnector": {**answer["VpcConnector"], "Status": "INACTIVE"}}


def create_observability_configuration(call: Call) -> Record:
    name = call.body["ObservabilityConfigurationName"]
    arn = _first_revision(call, "observabilityconfiguration", name)
    record = {
        "ObservabilityConfigurationArn": arn,
        "ObservabilityConfigurationName": name,
        "ObservabilityConfigurationRevision": 1,
        "TraceConfiguration": call.body.get("TraceConfiguration"),
        "Latest": True,
        "Status": "ACTIVE",
    }
    return {"ObservabilityConfiguration": _created(call, "observabilityconfiguration", arn, without_none(record))}


def describe_observability_configuration(call: Call) -> Record:
    configuration = _found(call, "observabilityconfiguration", "ObservabilityConfigurationArn")
    return {"ObservabilityConfiguration": configuration}


def delete_observability_configuration(call: Call) -> Record:
    answer = describe_observability_configuration(call)
    del call.records("observabilityconfiguration")[call.body["ObservabilityConfigurationArn"]]
    return {"ObservabilityConfiguration": {**answer["ObservabilityConfiguration"], "Status": "INACTIVE"}}


def _instance(configuration: Record) -> Record:
    instance = {**DEFAULT_INSTANCE, **without_none(configuration)}
    instance["Cpu"] = CPU_UNITS.get(instance["Cpu"], instance["Cpu"])
    if instance["Memory"].endswith(MEMORY_SUFFIX):
        instance["Memory"] = str(int(float(instance["Memory"][: -len(MEMORY_SUFFIX)]) * 1024))
    return instance


def _scaling_summary(call: Call) -> Record:
    if call.body.get("AutoScalingConfigurationArn"):
        scaling = _found(call, "autoscalingconfiguration", "AutoScalingConfigurationArn")
        return {key: scaling[key] for key in SUMMARY}
    arn = call.arn(f"autoscalingconfiguration/{DEFAULT_SCALING_NAME}/1/{'0' * 31}1")
    return dict(zip(SUMMARY, (arn, DEFAULT_SCALING_NAME, 1)))


def _contents(call: Call, before: Record) -> Record:
    """The parts of a service that an update may change; what it leaves out stays."""
    body = call.body
    contents: Dict[str, Any] = dict(before)
    if body.get("SourceConfiguration"):
        contents["SourceConfiguration"] = {"AutoDeploymentsEnabled": False, **body["SourceConfiguration"]}
    if body.get("InstanceConfiguration") or not before:
        old = before.get("InstanceConfiguration", {})
        contents["InstanceConfiguration"] = _instance({**old, **(body.get("InstanceConfiguration") or {})})
    if body.get("HealthCheckConfiguration") or not before:
        contents["HealthCheckConfiguration"] = {
            **DEFAULT_HEALTH_CHECK,
            **(body.get("HealthCheckConfiguration") or {}),
        }
    if body.get("NetworkConfiguration") or not before:
        contents["NetworkConfiguration"] = {**DEFAULT_NETWORK, **without_none(body.get("NetworkConfiguration") or {})}
    if body.get("AutoScalingConfigurationArn") or not before:
        contents["AutoScalingConfigurationSummary"] = _scaling_summary(call)
    if body.get("ObservabilityConfiguration"):
        contents["ObservabilityConfiguration"] = body["ObservabilityConfiguration"]
    return contents


def _operation(call: Call, arn: str, kind: str) -> str:
    operation_id = str(uuid.uuid4())
    now = _now()
    call.records("operation")[operation_id] = {
        "Id": operation_id,
        "Type": kind,
        "Status": "SUCCEEDED",
        "TargetArn": arn,
        "StartedAt": now,
        "EndedAt": now,
        "UpdatedAt": now,
    }
    return operation_id


def create_service(call: Call) -> Record:
    name = call.body["ServiceName"]
    if any(service["ServiceName"] == name for service in call.records("service").values()):
        raise failure("InvalidRequestException", f"Service with the provided name already exists: {name}")
    service_id = uuid.uuid4().hex
    arn = call.arn(f"service/{name}/{service_id}")
    record = {
        **_contents(call, {}),
        "ServiceName": name,
        "ServiceId": service_id,
        "ServiceArn": arn,
        "ServiceUrl": f"{service_id[:10]}.{call.region}.awsapprunner.com",
        "UpdatedAt": _now(),
        "Status": "RUNNING",
        "EncryptionConfiguration": call.body.get("EncryptionConfiguration"),
    }
    service = _created(call, "service", arn, without_none(record))
    return {"Service": service, "OperationId": _operation(call, arn, "CREATE_SERVICE")}


def describe_service(call: Call) -> Record:
    return {"Service": _found(call, "service", "ServiceArn")}


def update_service(call: Call) -> Record:
    service = _found(call, "service", "ServiceArn")
    service.update(_contents(call, service), UpdatedAt=_now())
    return {"Service": service, "OperationId": _operation(call, service["ServiceArn"], "UPDATE_SERVICE")}


def delete_service(call: Call) -> Record:
    service = _found(call, "service", "ServiceArn")
    arn = service["ServiceArn"]
    del call.records("service")[arn]
    return {"Service": {**service, "Status": "DELETED"}, "OperationId": _operation(call, arn, "DELETE_SERVICE")}


def list_services(call: Call) -> Record:
    names = ("ServiceName", "ServiceId", "ServiceArn", "ServiceUrl", "CreatedAt", "UpdatedAt", "Status")
    services = call.records("service").values()
    return {"ServiceSummaryList": [{name: service[name] for name in names} for service in services]}


def list_operations(call: Call) -> Record:
    arn = call.body["ServiceArn"]
    operations = [operation for operation in call.records("operation").values() if operation["TargetArn"] == arn]
    return {"OperationSummaryList": operations[::-1]}


def _domains(call: Call) -> Dict[str, Record]:
    service = _found(call, "service", "ServiceArn")
    return call.records("domains").setdefault(service["ServiceArn"], {})


def _domain_answer(call: Call, members: Record) -> Record:
    service = _found(call, "service", "ServiceArn")
    target = {"DNSTarget": service["ServiceUrl"], "ServiceArn": service["ServiceArn"], "VpcDNSTargets": []}
    return {**target, **members}


def associate_custom_domain(call: Call) -> Record:
    name = call.body["DomainName"]
    validation = {
        "Name": f"_{uuid.uuid4().hex}.{name}.",
        "Type": "CNAME",
        "Value": f"_{uuid.uuid4().hex}.acm-validations.aws.",
        "Status": "PENDING_VALIDATION",
    }
    _domains(call)[name] = {
        "DomainName": name,
        "EnableWWWSubdomain": call.body.get("EnableWWWSubdomain", True),
        "Status": "pending_certificate_dns_validation",
        "CertificateValidationRecords": [validation],
    }
    return _domain_answer(call, {"CustomDomain": _domains(call)[name]})


def describe_custom_domains(call: Call) -> Record:
    return _domain_answer(call, {"CustomDomains": list(_domains(call).values())})


def disassociate_custom_domain(call: Call) -> Record:
    domain = _domains(call).pop(call.body["DomainName"], None)
    if domain is None:
        raise failure("ResourceNotFoundException", f"No custom domain {call.body['DomainName']}")
    return _domain_answer(call, {"CustomDomain": domain})


OWN_SERVICES = (
    OwnService(
        "apprunner",
        (
            create_auto_scaling_configuration,
            describe_auto_scaling_configuration,
            delete_auto_scaling_configuration,
            create_vpc_connector,
            describe_vpc_connector,
            delete_vpc_connector,
            create_observability_configuration,
            describe_observability_configuration,
            delete_observability_configuration,
            create_service,
            describe_service,
            update_service,
            delete_service,
            list_services,
            list_operations,
            associate_custom_domain,
            describe_custom_domains,
            disassociate_custom_domain,
            *tagging("ResourceArn"),
        ),
    ),
)
