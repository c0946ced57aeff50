import { join } from "node:path";
import { makeFolder, readText, writeFile } from "../../../tools/files";
import {
  dataFolder,
  forgetOtherBackend,
  isReady,
  keepReady,
  type Readiness,
} from "../../../tools/terraform/init-stamp";
import { temporaryFolder } from "../support/folder";
import { rmSync, symlinkSync } from "node:fs";

const root = temporaryFolder();
let count = 0;

function ready(): Readiness {
  const folder = join(root, String((count += 1)));
  const config = join(root, `${count}.tfrc`);
  writeFile(config, "disable_checkpoint = true\n");
  writeFile(join(folder, ".terraform.lock.hcl"), "lock");
  const cache = makeFolder(join(root, "cache", String(count)));
  const place = makeFolder(join(folder, ".terraform/providers/registry.terraform.io/hashicorp/aws/1.0.0"));
  symlinkSync(cache, join(place, "linux_amd64"));
  const readiness = {
    folder,
    document: { terraform: { backend: { s3: { bucket: "a" } }, required_providers: { aws: { version: "1.0.0" } } } },
    providers: [{ source: "hashicorp/aws", version: "1.0.0" }],
    version: "1.11.4",
    environment: { TF_CLI_CONFIG_FILE: config },
  };
  keepReady(readiness);
  return readiness;
}

describe("isReady", () => {
  test("knows a folder that was initialized for just this", () => {
    expect(isReady(ready())).toBe(true);
  });

  test("does not count what is no part of it, such as resources", () => {
    const readiness = ready();
    expect(isReady({ ...readiness, document: { ...readiness.document, resource: { aws_vpc: {} } } })).toBe(true);
  });

  test.each<[string, (readiness: Readiness) => Readiness]>([
    ["another Terraform", (readiness) => ({ ...readiness, version: "1.12.0" })],
    ["another backend", (readiness) => ({ ...readiness, document: { terraform: { backend: { local: {} } } } })],
    [
      "another lock file",
      (readiness) => (writeFile(join(readiness.folder, ".terraform.lock.hcl"), "other"), readiness),
    ],
    [
      "another CLI configuration",
      (readiness) => (writeFile(readiness.environment["TF_CLI_CONFIG_FILE"] ?? "", "other"), readiness),
    ],
    [
      "another plugin cache",
      (readiness) => ({ ...readiness, environment: { ...readiness.environment, TF_PLUGIN_CACHE_DIR: "/c" } }),
    ],
    [
      "another data folder",
      (readiness) => ({ ...readiness, environment: { ...readiness.environment, TF_DATA_DIR: ".other" } }),
    ],
    [
      "a plugin cache that was emptied",
      (readiness) => (rmSync(join(root, "cache"), { recursive: true, force: true }), readiness),
    ],
    ["another provider", (readiness) => ({ ...readiness, providers: [{ source: "acme/other", version: "1.0.0" }] })],
  ])("is false with %s", (_what, change) => {
    expect(isReady(change(ready()))).toBe(false);
  });
});

describe("forgetOtherBackend", () => {
  test("removes what Terraform remembers of another backend, and only of another", () => {
    const readiness = ready();
    const remembered = join(readiness.folder, ".terraform", "terraform.tfstate");
    writeFile(remembered, "{}");
    forgetOtherBackend(readiness);
    expect(readText(remembered)).toBe("{}");
    forgetOtherBackend({ ...readiness, document: { terraform: { backend: { local: {} } } } });
    expect(readText(remembered)).toBeUndefined();
  });
});

test.each([
  [{}, "/stack/.terraform"],
  [{ TF_DATA_DIR: ".data" }, "/stack/.data"],
  [{ TF_DATA_DIR: "/data" }, "/data"],
])("dataFolder with %j", (environment, folder) => {
  expect(dataFolder("/stack", environment)).toBe(folder);
});
