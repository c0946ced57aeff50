import type { Context } from "../context";

/** Whose a resource is, as its tags say. The stacks give every resource these tags; the roles of delivery go by them. */
export interface OwnershipTags {
  /** The product. */
  readonly Project: string;

  /** `staging`, `prod`, … or `shared`. */
  readonly Environment: string;
}

/** Whose that is which environments have in common, as its tags and names say. */
export const SHARED_ENVIRONMENT = "shared";

/** The tags of everything in an environment. Without them on a resource that has no name, its deploy role cannot change it. */
export function ownershipTags(context: Pick<Context, "project" | "environment">): OwnershipTags {
  return { Project: context.project, Environment: context.environment };
}
