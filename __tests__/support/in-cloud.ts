import type { CloudState, Shared, System } from "../../envs/environment";

/** State in an organization of Terraform Cloud. */
export const cloud: CloudState = { kind: "cloud", organization: "acme-org" };

/** A system with all its state in Terraform Cloud, and with whatever a test changes about that. */
export function inCloud(
  { name, environments }: System,
  state: CloudState = cloud,
  overrides: Partial<Shared> = {},
): System {
  return {
    name,
    environments: environments.map((environment) => ({
      ...environment,
      state,
      shared: { ...environment.shared, state, ...overrides },
    })),
  };
}
