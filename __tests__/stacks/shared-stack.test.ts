import type { Shared, StateSettings } from "../../envs/environment";
import { prod, shared, staging, system } from "../support/environments";
import { cloud } from "../support/in-cloud";
import { policyOf, resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The shared stack of a system whose prod may be in another account. */
function sharedStack(overrides: Partial<Shared> = {}, accountOfProd?: string): Synthesized {
  const changed = { ...shared, ...overrides };
  const environments = [
    staging({ shared: changed }),
    prod({ shared: changed, accountId: accountOfProd, state: { kind: "s3", bucket: "acme-state" } }),
  ];
  return synthSystem({ system: system(...environments), environments: [] }).stacks["shared"] ?? {};
}

const pulling = (stack: Synthesized) =>
  resources(stack, "aws_ecr_repository_policy").map((policy) =>
    policyOf(policy).Statement.map(({ Principal }) => Principal),
  );

describe("SharedStack", () => {
  test("has a repository for each image, named after the project, scanned, unchangeable and protected", () => {
    const repositories = resources(sharedStack({ images: { api: {}, "jobs/mail": {} } }), "aws_ecr_repository");
    expect(repositories.map(({ name }) => name)).toEqual(["acme/api", "acme/jobs/mail"]);
    for (const repository of repositories) {
      expect(repository).toMatchObject({
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: { scan_on_push: true },
        force_delete: false,
        lifecycle: { prevent_destroy: true },
      });
    }
  });

  test.each([undefined, {}])("has no repository with images %j", (images) => {
    expect(resources(sharedStack({ images }), "aws_ecr_repository")).toEqual([]);
  });

  test("trusts GitHub Actions when the project has a repository there, and else not", () => {
    expect(resources(sharedStack(), "aws_iam_openid_connect_provider")).toEqual([
      expect.objectContaining({
        url: "https://token.actions.githubusercontent.com",
        client_id_list: ["sts.amazonaws.com"],
      }),
    ]);
    expect(resources(sharedStack({ repository: undefined }), "aws_iam_openid_connect_provider")).toEqual([]);
  });

  test("trusts Terraform Cloud when it runs an environment of the account, chosen or not, and else not", () => {
    const urls = (state: StateSettings, accountId?: string) => {
      const environment = staging({ state, accountId });
      const { stacks } = synthSystem({ system: system(environment, prod()), environments: [prod()] });
      return resources(stacks["shared"] ?? {}, "aws_iam_openid_connect_provider").map(({ url }) => url);
    };
    const gitHub = "https://token.actions.githubusercontent.com";
    expect(urls(cloud).sort()).toEqual(["https://app.terraform.io", gitHub]);
    expect(urls({ ...cloud, hostname: "tfe.example.com" }).sort()).toEqual(["https://tfe.example.com", gitHub]);
    expect(urls({ ...cloud, executionMode: "local" })).toEqual([gitHub]);
    expect(urls(cloud, "210987654321")).toEqual([gitHub]);
  });

  test("knows Terraform Cloud at the address that the guide imports it to", () => {
    const environment = staging({ state: cloud });
    const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
    expect(Object.keys(stacks["shared"]?.resource?.["aws_iam_openid_connect_provider"] ?? {})).toContain(
      "terraform-cloud_provider_0256E965",
    );
  });

  test("lets nobody else pull while all environments are in one account", () => {
    expect(pulling(sharedStack())).toEqual([]);
  });

  test("lets the accounts of environments pull every image, each once beside those of the image itself", () => {
    const images = { api: { pullAccountIds: ["210987654321", "333333333333"] }, web: {} };
    expect(pulling(sharedStack({ images }, "210987654321"))).toEqual([
      [{ AWS: ["arn:aws:iam::210987654321:root", "arn:aws:iam::333333333333:root"] }],
      [{ AWS: ["arn:aws:iam::210987654321:root"] }],
    ]);
  });

  test("reads no state of another stack", () => {
    expect(sharedStack()).not.toHaveProperty("data");
  });
});
