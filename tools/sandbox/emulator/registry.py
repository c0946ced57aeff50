"""Every service module, in the order they are installed."""

from __future__ import annotations

from types import ModuleType
from typing import List, Tuple

from . import (
    acm,
    application_autoscaling,
    apprunner,
    backup,
    budgets,
    cloudfront,
    cloudfront_functions,
    cloudfront_policies,
    cloudwatch,
    codebuild,
    codeconnections,
    codedeploy,
    codepipeline,
    codestar_notifications,
    ec2,
    ec2_templates,
    ecs,
    elasticache,
    elasticache_clusters,
    elasticache_replication,
    elasticache_serverless,
    elasticache_users,
    kms,
    logs,
    rds,
    rds_aurora,
    rds_global,
    route53,
    s3,
    sqs,
    ssm,
)
from .filler import Filler
from .own_service import OwnService

SERVICES: Tuple[ModuleType, ...] = (
    acm,
    application_autoscaling,
    apprunner,
    backup,
    budgets,
    cloudfront,
    cloudfront_functions,
    cloudfront_policies,
    cloudwatch,
    codebuild,
    codeconnections,
    codedeploy,
    codepipeline,
    codestar_notifications,
    ec2,
    ec2_templates,
    ecs,
    elasticache,
    elasticache_clusters,
    elasticache_replication,
    elasticache_serverless,
    elasticache_users,
    kms,
    logs,
    rds,
    rds_aurora,
    rds_global,
    route53,
    s3,
    sqs,
    ssm,
)


def fillers() -> List[Filler]:
    """Every gap that is filled, in the order of the services."""
    return [filler for service in SERVICES for filler in service.FILLERS]


def own_services() -> List[OwnService]:
    """The services moto has not at all."""
    return [own for service in SERVICES for own in getattr(service, "OWN_SERVICES", ())]


def install() -> List[str]:
    """Installs every filler, and returns a line for each module that does not fit the installed moto."""
    problems = []
    for service in SERVICES:
        try:
            service.install()
        except AttributeError as error:
            problems.append(f"{service.__name__.rsplit('.', 1)[-1]} does not fit this moto: {error}")
    return problems


def table() -> str:
    """What `--list` prints."""
    rows = [("service", "action", "why")]
    rows += [(filler.service, action, filler.why) for filler in fillers() for action in filler.actions]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{service:{widths[0]}}  {action:{widths[1]}}  {why}" for service, action, why in rows)
