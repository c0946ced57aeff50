import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readText, writeFile } from "../../../tools/files";
import { prepareCliConfig } from "../../../tools/terraform/cli-config";
import { findMirrors, platformOf, providersIn, type Mirror } from "../../../tools/terraform/mirrors";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const aws = { source: "hashicorp/aws", version: "5.100.0" };
const cloudflare = { source: "cloudflare/cloudflare", version: "5.14.0" };
const mirror: Mirror = { folder: "/mirror", providers: [aws] };
let count = 0;

/** The configuration for a fresh home and folder. */
function prepare({
  environment = {},
  mirrors = [mirror],
  needs = [aws, cloudflare],
  terraformrc,
}: {
  environment?: NodeJS.ProcessEnv;
  mirrors?: readonly Mirror[];
  needs?: ReadonlyArray<typeof aws>;
  terraformrc?: string;
} = {}) {
  const home = makeFolder(join(folder, `home-${(count += 1)}`));
  if (terraformrc !== undefined) writeFile(join(home, ".terraformrc"), terraformrc);
  const generated = join(home, "generated");
  const config = prepareCliConfig({ folder: generated, environment, home, mirrors, needs });
  const file = config.environment["TF_CLI_CONFIG_FILE"];
  return { ...config, generated, text: file === undefined ? undefined : readText(file) };
}

describe("prepareCliConfig", () => {
  test("adds a mirror for the providers it holds, and the registry for the rest", () => {
    const { text, environment, generated, providersFrom } = prepare();
    expect(text).toBe(`
disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = "/mirror"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
    expect(environment).toEqual({
      CHECKPOINT_DISABLE: "1",
      TF_PLUGIN_CACHE_DIR: join(generated, "plugins"),
      TF_CLI_CONFIG_FILE: join(generated, "terraform.tfrc"),
    });
    expect(existsSync(join(generated, "plugins"))).toBe(true);
    expect(providersFrom).toBe("/mirror");
  });

  test("leaves a provider to the registry when the mirror has another version of it", () => {
    const { environment, providersFrom } = prepare({ needs: [{ ...aws, version: "6.0.0" }] });
    expect(environment["TF_CLI_CONFIG_FILE"]).toBeUndefined();
    expect(providersFrom).toBe("the registry");
  });

  test("takes each provider from the first mirror that has it", () => {
    const second = { folder: "/second", providers: [aws, cloudflare] };
    const { text } = prepare({ mirrors: [mirror, second] });
    expect(text).toContain(`    path    = "/second"\n    include = ["registry.terraform.io/cloudflare/cloudflare"]`);
    expect(text).toContain(
      `exclude = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/cloudflare/cloudflare"]`,
    );
  });

  test("takes the user's configuration as it is when it says where providers come from", () => {
    const terraformrc = 'provider_installation {\n  direct {}\n}\nplugin_cache_dir = "/cache"\n';
    const { environment, providersFrom } = prepare({ terraformrc });
    expect(environment).toEqual({ CHECKPOINT_DISABLE: "1", TF_PLUGIN_CACHE_DIR: undefined });
    expect(providersFrom).toBe("your Terraform CLI configuration (~/.terraformrc)");
  });

  test("keeps the rest of the user's configuration, where only its owner can read it", () => {
    const terraformrc = 'disable_checkpoint = false\ncredentials "app.terraform.io" {\n  token = "t"\n}\n';
    const { text, generated } = prepare({ terraformrc });
    expect(text).toMatch(
      /^credentials "app\.terraform\.io" \{\n {2}token = "t"\n\}\ndisable_checkpoint = true\nprovider_installation/,
    );
    expect(statSync(join(generated, "terraform.tfrc")).mode & 0o777).toBe(0o600);
  });

  test("prefers TF_CLI_CONFIG_FILE to the one at home, and the user's plugin cache to its own", () => {
    const file = join(folder, "named.tfrc");
    writeFile(file, "provider_installation {\n  direct {}\n}\n");
    const environment = { TF_CLI_CONFIG_FILE: file, TF_PLUGIN_CACHE_DIR: join(folder, "cache") };
    const config = prepare({ environment, terraformrc: "not read {" });
    expect(config.environment).toEqual({ CHECKPOINT_DISABLE: "1", TF_PLUGIN_CACHE_DIR: join(folder, "cache") });
    expect(config.providersFrom).toBe(`your Terraform CLI configuration (${file})`);
    expect(existsSync(join(folder, "cache"))).toBe(true);
  });

  test.each([
    ["is cut short", "provider_installation {"],
    ["closes too much", "}"],
    ["has an open quote", 'plugin_cache_dir = "x'],
  ])("fails on a TF_CLI_CONFIG_FILE that %s", (name, contents) => {
    const file = join(folder, `${name}.tfrc`);
    writeFile(file, contents);
    expect(() => prepare({ environment: { TF_CLI_CONFIG_FILE: file }, mirrors: [] })).toThrow(
      `TF_CLI_CONFIG_FILE names ${file}, whose braces or quotes do not pair up`,
    );
  });

  test.each([["does not exist", undefined, "names FILE, which does not exist; it is ignored"]])(
    "ignores with a warning a TF_CLI_CONFIG_FILE that %s",
    (name, contents, warning) => {
      const file = join(folder, `${name}.tfrc`);
      if (contents !== undefined) writeFile(file, contents);
      const { warnings, text } = prepare({ environment: { TF_CLI_CONFIG_FILE: file }, mirrors: [] });
      expect(warnings).toEqual([`TF_CLI_CONFIG_FILE ${warning.replace("FILE", file)}`]);
      expect(text).toBe("\ndisable_checkpoint = true\nprovider_installation {\n  direct {}\n}\n");
    },
  );

  test("warns of a TF_PLUGIN_MIRROR without providers", () => {
    expect(prepare({ environment: { TF_PLUGIN_MIRROR: "/empty" } }).warnings).toEqual([
      "TF_PLUGIN_MIRROR names /empty, which holds no provider for this platform; it is ignored",
    ]);
  });
});

describe("mirrors", () => {
  const home = join(folder, "mirrors");
  const provider = (root: string, rest: string) => writeFile(join(home, root, "registry.terraform.io", rest), "");
  const machine = { environment: {}, home, platform: "linux_amd64" };

  test("are found where they are named and where Terraform looks by itself, with the providers of this platform", () => {
    provider("named", "hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws");
    provider(".terraform.d/plugins", "cloudflare/cloudflare/5.14.0/linux_amd64/terraform-provider-cloudflare");
    provider("xdg/terraform/plugins", "hashicorp/aws/6.0.0/darwin_arm64/terraform-provider-aws");
    const environment = { TF_PLUGIN_MIRROR: join(home, "named"), XDG_DATA_DIRS: join(home, "xdg") };
    const found = findMirrors({ ...machine, environment }).filter((one) => one.folder.startsWith(home));
    expect(found).toEqual([
      { folder: join(home, "named"), providers: [aws] },
      { folder: join(home, ".terraform.d", "plugins"), providers: [cloudflare] },
    ]);
  });

  test("may hold archives, and both layouts at once", () => {
    provider("packed", "hashicorp/aws/terraform-provider-aws_5.100.0_linux_amd64.zip");
    provider("packed", "hashicorp/aws/terraform-provider-aws_5.99.0_darwin_arm64.zip");
    provider("packed", "hashicorp/aws/5.98.0/linux_amd64/terraform-provider-aws");
    provider("packed", "hashicorp/aws/index.json");
    expect(providersIn(join(home, "packed"), "linux_amd64")).toEqual([{ ...aws, version: "5.98.0" }, aws]);
    expect(providersIn(join(home, "nothing"), "linux_amd64")).toEqual([]);
  });

  test.each([
    ["linux", "x64", "linux_amd64"],
    ["darwin", "arm64", "darwin_arm64"],
    ["win32", "x64", "windows_amd64"],
    ["linux", "ia32", "linux_386"],
  ])("are for %s on %s, which is %s", (system, architecture, platform) => {
    expect(platformOf(system, architecture)).toBe(platform);
  });
});
