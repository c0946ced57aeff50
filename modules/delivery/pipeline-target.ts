import type { CodeDeployTarget, ServiceTarget } from "./service-deploy-statements";

/** One service a pipeline releases, by the names of its parts, all of which are known before they exist. */
export interface PipelineTarget extends ServiceTarget {
  /** Image repository by the name the shared stack gives it, without the project in front. */
  readonly repository: string;

  /** Main container, which gets the new image. */
  readonly containerName: string;

  /** Its port. */
  readonly port: number;

  /** CodeDeploy's names for it. */
  readonly codeDeploy: CodeDeployTarget;
}

/** Services by name. */
export type PipelineTargets = Readonly<Record<string, PipelineTarget>>;

/** Services that are built but that nobody connected. */
export function pipelineTargetProblems(
  services: readonly string[],
  targets: PipelineTargets,
): Array<string | undefined> {
  return services.map((name) =>
    Object.hasOwn(targets, name) ? undefined : `targets.${name} must be given for the service it builds, got none`,
  );
}

/** What a service's artifact is called: CodeBuild takes letters, digits and underscores. */
export function artifactName(service: string): string {
  return service.replaceAll("-", "_");
}
