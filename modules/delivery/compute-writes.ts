import { appRunnerOf, CDN_KINDS, deploymentsOf, logDeliveriesOf } from "./own-arns";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, globalNamedOf, inRegions, namedOf, taggedOwn, taggingOwn, type Reach } from "./reach";

/** Load balancers, their listeners, rules and target groups, by name. */
export function loadBalancingWrites(reach: Reach): Statement[] {
  const kinds = ["listener-rule/app", "listener/app", "loadbalancer/app", "targetgroup"];
  return [
    allow(
      "ManageLoadBalancers",
      actionsOf(
        "elasticloadbalancing",
        `AddListenerCertificates AddTags CreateListener CreateLoadBalancer CreateRule CreateTargetGroup
           DeleteListener DeleteLoadBalancer DeleteRule DeleteTargetGroup DeregisterTargets ModifyListener
           ModifyListenerAttributes ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup
           ModifyTargetGroupAttributes RegisterTargets RemoveListenerCertificates RemoveTags SetIpAddressType
           SetRulePriorities SetSecurityGroups SetSubnets`,
      ),
      kinds.flatMap((kind) => namedOf(reach, "elasticloadbalancing", `${kind}/`, "/*")),
    ),
  ];
}

/** Clusters, services and task definitions, by name, and their scaling. No task is run by hand, no shell opened, nothing privileged. */
export function containerWrites(reach: Reach): Statement[] {
  const services = [anyOf(reach, "ecs", `service/${reach.base}/*`), anyOf(reach, "ecs", `service/${reach.base}-*`)];
  const clusters = namedOf(reach, "ecs", "cluster/");
  const families = namedOf(reach, "ecs", "task-definition/", ":*");
  return [
    allow(
      "ManageClusters",
      actionsOf("ecs", `CreateCluster DeleteCluster PutClusterCapacityProviders UpdateCluster UpdateClusterSettings`),
      clusters,
    ),
    allow("ManageServices", actionsOf("ecs", "CreateService DeleteService UpdateService"), services),
    allow("RegisterTasks", actionsOf("ecs", "RegisterTaskDefinition"), families, {
      StringEqualsIfExists: { "ecs:privileged": "false" },
    }),
    allow("DeregisterTasks", actionsOf("ecs", "DeregisterTaskDefinition"), ["*"], inRegions(reach)),
    allow("TagContainers", actionsOf("ecs", "TagResource UntagResource"), [...clusters, ...services, ...families]),
    scalingOf(reach, "ScaleServices", "ecs"),
  ];
}

/** Scaling targets have ids, so they go by the service they scale. */
export function scalingOf(reach: Reach, sid: string, namespace: "ecs" | "rds"): Statement {
  const actions = actionsOf(
    "application-autoscaling",
    `DeleteScalingPolicy DeleteScheduledAction DeregisterScalableTarget PutScalingPolicy PutScheduledAction
       RegisterScalableTarget`,
  );
  return allow(sid, actions, [anyOf(reach, "application-autoscaling", "scalable-target/*")], {
    StringEquals: { "application-autoscaling:service-namespace": namespace },
  });
}

/** Tags of scaling targets, which every area that scales needs once. */
export function scalingTags(reach: Reach): Statement {
  const actions = actionsOf("application-autoscaling", "TagResource UntagResource");
  return allow("TagScaling", actions, [anyOf(reach, "application-autoscaling", "scalable-target/*")]);
}

/** Image repositories given by ARN: their settings, not their images. */
export function imageWrites(repositoryArns: readonly string[], protectData: boolean): Statement[] {
  if (repositoryArns.length === 0) return [];
  return [
    allow(
      "ManageRepositories",
      [
        ...actionsOf(
          "ecr",
          `CreateRepository DeleteLifecyclePolicy DeleteRepositoryPolicy PutImageScanningConfiguration
           PutImageTagMutability PutLifecyclePolicy SetRepositoryPolicy TagResource UntagResource`,
        ),
        ...(protectData ? [] : actionsOf("ecr", "BatchDeleteImage DeleteRepository")),
      ],
      repositoryArns,
    ),
  ];
}

/** App Runner services, by name. */
export function appRunnerWrites(reach: Reach): Statement[] {
  return [
    allow(
      "ManageAppRunner",
      actionsOf(
        "apprunner",
        `CreateAutoScalingConfiguration CreateService CreateVpcConnector DeleteAutoScalingConfiguration DeleteService
           DeleteVpcConnector PauseService ResumeService TagResource UntagResource UpdateService`,
      ),
      appRunnerOf(reach),
    ),
  ];
}

/** Pipelines, builds and deployments by name: defined here, never started from here. */
export function pipelineWrites(reach: Reach): Statement[] {
  return [
    allow(
      "ManagePipelines",
      actionsOf("codepipeline", "CreatePipeline DeletePipeline TagResource UntagResource UpdatePipeline"),
      namedOf(reach, "codepipeline", ""),
    ),
    allow(
      "ManageBuilds",
      actionsOf("codebuild", "CreateProject DeleteProject UpdateProject"),
      namedOf(reach, "codebuild", "project/"),
    ),
    allow(
      "ManageDeployments",
      actionsOf(
        "codedeploy",
        `CreateApplication CreateDeploymentGroup DeleteApplication DeleteDeploymentGroup TagResource UntagResource
           UpdateApplication UpdateDeploymentGroup`,
      ),
      deploymentsOf(reach),
    ),
    ...connectionWrites(reach),
  ];
}

/** Connections to GitHub, which have ids, so they go by their tags. One that carries another environment's tags cannot be claimed. */
function connectionWrites(reach: Reach): Statement[] {
  const connections = [anyOf(reach, "codeconnections", "connection/*")];
  const unclaimed = { StringEqualsIfExists: { ...taggedOwn(reach)["StringEquals"] } };
  return [
    allow("CreateConnections", actionsOf("codeconnections", "CreateConnection"), ["*"], taggingOwn(reach)),
    allow("TagConnections", actionsOf("codeconnections", "TagResource"), connections, {
      ...taggingOwn(reach),
      ...unclaimed,
    }),
    allow(
      "ManageConnections",
      actionsOf("codeconnections", "DeleteConnection PassConnection UntagResource"),
      connections,
      taggedOwn(reach),
    ),
  ];
}

/** Distributions by tag, and the policies and functions beside them, which CloudFront lets nobody tag; the delivery of access logs by name. */
export function cdnWrites(reach: Reach): Statement[] {
  const distribution = [`arn:aws:cloudfront::${reach.accountId}:distribution/*`];
  const byId = CDN_KINDS.filter((kind) => !["distribution", "function", "origin-request-policy"].includes(kind));
  return [
    allow("CreateDistributions", actionsOf("cloudfront", "CreateDistribution"), ["*"], taggingOwn(reach)),
    allow("TagDistributions", actionsOf("cloudfront", "TagResource"), distribution, taggingOwn(reach)),
    allow(
      "ManageDistributions",
      actionsOf("cloudfront", "AllowVendedLogDeliveryForResource DeleteDistribution UntagResource UpdateDistribution"),
      distribution,
      taggedOwn(reach),
    ),
    allow(
      "CreateDistributionParts",
      actionsOf("cloudfront", `CreateCachePolicy CreateFunction CreateOriginAccessControl CreateResponseHeadersPolicy`),
      ["*"],
    ),
    allow(
      "ManageDistributionParts",
      actionsOf(
        "cloudfront",
        `DeleteCachePolicy DeleteOriginAccessControl DeleteResponseHeadersPolicy UpdateCachePolicy
           UpdateOriginAccessControl UpdateResponseHeadersPolicy`,
      ),
      byId.map((kind) => `arn:aws:cloudfront::${reach.accountId}:${kind}/*`),
    ),
    allow(
      "ManageFunctions",
      actionsOf("cloudfront", "DeleteFunction PublishFunction UpdateFunction"),
      globalNamedOf(reach, "cloudfront", "function/"),
    ),
    allow(
      "ManageLogDelivery",
      actionsOf(
        "logs",
        `DeleteDeliveryDestination DeleteDeliverySource PutDeliveryDestination PutDeliverySource TagResource
           UntagResource`,
      ),
      logDeliveriesOf(reach),
    ),
    // A delivery has an id; what it joins goes by name.
    allow("JoinLogDelivery", actionsOf("logs", "CreateDelivery"), [
      ...logDeliveriesOf(reach),
      anyOf(reach, "logs", "delivery:*"),
    ]),
    allow("TagLogDelivery", actionsOf("logs", "TagResource"), [anyOf(reach, "logs", "delivery:*")], {
      ...taggingOwn(reach),
      StringEqualsIfExists: { ...taggedOwn(reach)["StringEquals"] }, // one of another environment cannot be claimed
    }),
    allow(
      "PartLogDelivery",
      actionsOf("logs", "DeleteDelivery UntagResource UpdateDeliveryConfiguration"),
      [anyOf(reach, "logs", "delivery:*")],
      taggedOwn(reach),
    ),
  ];
}
