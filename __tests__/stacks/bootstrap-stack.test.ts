import type { StateSettings } from "../../envs/environment";
import { shared, staging, system } from "../support/environments";
import { policyOf, resources } from "../support/synth";
import { synthSystem } from "../support/system";

/** The bootstrap stack of a system that keeps its state so. */
function bootstrap(state: StateSettings = { kind: "s3" }) {
  const environment = staging({ shared: { ...shared, state } });
  return synthSystem({ system: system(environment), environments: [environment] }).stacks["bootstrap"] ?? {};
}

describe("BootstrapStack", () => {
  test("makes the bucket that every backend of the account names, and no other", () => {
    const environment = staging({ shared: { ...shared, state: { kind: "s3" } } });
    const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
    const backends = Object.entries(stacks)
      .filter(([name]) => name !== "bootstrap")
      .map(([, { terraform }]) => terraform?.["backend"]);
    const [bucket, ...others] = resources(stacks["bootstrap"] ?? {}, "aws_s3_bucket");
    expect(others).toEqual([]);
    expect(bucket).toMatchObject({ bucket: "acme-123456789012-terraform-state" });
    expect(backends).toHaveLength(4);
    for (const backend of backends) expect(backend).toMatchObject({ s3: { bucket: bucket?.["bucket"] } });
  });

  test("keeps every version, encrypted, private, by TLS only and protected from deletion", () => {
    const stack = bootstrap();
    expect(resources(stack, "aws_s3_bucket")).toEqual([
      expect.objectContaining({ force_destroy: false, lifecycle: { prevent_destroy: true } }),
    ]);
    expect(resources(stack, "aws_s3_bucket_versioning")).toEqual([
      expect.objectContaining({ versioning_configuration: { status: "Enabled" } }),
    ]);
    expect(resources(stack, "aws_s3_bucket_public_access_block")).toEqual([
      expect.objectContaining({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ]);
    expect(resources(stack, "aws_s3_bucket_server_side_encryption_configuration")).toHaveLength(1);
    expect(
      resources(stack, "aws_s3_bucket_policy").flatMap((policy) =>
        policyOf(policy).Statement.map(({ Sid, Effect }) => [Sid, Effect]),
      ),
    ).toEqual([
      ["DenyPlainHttp", "Deny"],
      ["DenyOldTls", "Deny"],
    ]);
  });

  test("keeps its own state in a file, since the bucket is not there yet", () => {
    expect(bootstrap().terraform?.["backend"]).toEqual({
      local: { path: "../../../.groundplan/state/bootstrap.tfstate" },
    });
  });
});
