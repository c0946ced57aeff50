import { notMatching, notOneOf, within } from "../validation";
import { SERVICE_AREAS, type ServiceArea } from "./service-areas";
import { stateProblems, type StateAccess } from "./state-access";

/** How far the roles that plan and deploy an environment reach. Both are given the same, so that a plan sees what a deploy changes. */
export interface ReachSettings {
  /**
   * Parts of AWS the environment uses.
   * @default - those of the default system, `DEFAULT_AREAS`
   */
  readonly areas?: readonly ServiceArea[];

  /**
   * Regions besides the context's, such as that of the copies of backups, or us-east-1 for the certificate of a CloudFront distribution.
   * @default - none
   */
  readonly otherRegions?: readonly string[];

  /**
   * Route 53 zones whose records the environment has, by id.
   * @default - none
   */
  readonly hostedZoneIds?: readonly string[];

  /**
   * Image repositories whose settings are deployed with it; the shared stacks have them, an environment has none.
   * @default - none
   */
  readonly repositoryArns?: readonly string[];

  /**
   * Where the state lies.
   * @default - the state is not in S3, so the roles need nothing for it
   */
  readonly state?: StateAccess;
}

/** What is wrong with how far the roles reach. */
export function reachProblems(settings: ReachSettings): Array<string | undefined> {
  const { areas = [], otherRegions = [], hostedZoneIds = [], repositoryArns = [], state } = settings;
  return [
    ...areas.map((area) => notOneOf("areas", area, SERVICE_AREAS)),
    ...otherRegions.map((region) => notMatching("otherRegions", region, /^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region")),
    ...hostedZoneIds.map((id) =>
      notMatching("hostedZoneIds", id, /^Z[A-Z0-9]{1,31}$/, "the id of a Route 53 zone, such as Z0123456789ABC"),
    ),
    ...repositoryProblems("repositoryArns", repositoryArns),
    ...(state ? within("state", stateProblems(state)) : []),
  ];
}

/** What is wrong with ARNs of image repositories: each names one, or the beginning of several. */
export function repositoryProblems(name: string, repositoryArns: readonly string[]): Array<string | undefined> {
  const pattern = /^arn:aws:ecr:[a-z0-9-]+:\d{12}:repository\/[a-z0-9._/-]+\*?$/;
  return repositoryArns.map((arn) => notMatching(name, arn, pattern, "the ARN of an ECR repository"));
}
