import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCliSettings } from "../../../tools/cloud/cli-settings";
import { credentialVariables, tokenFor } from "../../../tools/cloud/credentials";
import { Children } from "../../../tools/terraform/children";

const HOST = "app.terraform.io";
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "groundplan-credentials-"));
  mkdirSync(join(home, ".terraform.d", "plugins"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

const login = (token: string) =>
  writeFileSync(
    join(home, ".terraform.d", "credentials.tfrc.json"),
    JSON.stringify({ credentials: { [HOST]: { token } } }),
  );

function helper(script: string): void {
  const program = join(home, ".terraform.d", "plugins", "terraform-credentials-test");
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(home, ".terraformrc"), 'credentials_helper "test" { args = ["--quiet"] }');
}

const token = (environment: NodeJS.ProcessEnv = {}) => {
  const whole = { PATH: process.env["PATH"], ...environment };
  return tokenFor(HOST, readCliSettings(whole, home), { environment: whole, home, children: new Children() });
};

describe("tokenFor", () => {
  test("is undefined where nobody has signed in", async () => {
    expect(await token()).toBeUndefined();
  });

  test("takes what a login left", async () => {
    login("from-login");
    expect(await token()).toBe("from-login");
  });

  test("takes a variable before all else", async () => {
    login("from-login");
    expect(await token({ TF_TOKEN_app_terraform_io: "from-variable" })).toBe("from-variable");
  });

  test("takes no other host's variable", async () => {
    expect(await token({ TF_TOKEN_tfe_example_com: "other" })).toBeUndefined();
  });

  test("asks the helper that is configured", async () => {
    helper('[ "$*" = "--quiet get app.terraform.io" ] && echo \'{"token":"from-helper"}\'');
    expect(await token()).toBe("from-helper");
  });

  test.each([
    ["fails", "exit 1"],
    ["says something else", "echo hello"],
    ["knows none", "echo '{}'"],
  ])("is undefined where the helper %s", async (_name, script) => {
    helper(script);
    expect(await token()).toBeUndefined();
  });

  test("is undefined where the helper is not there", async () => {
    writeFileSync(join(home, ".terraformrc"), 'credentials_helper "absent" {}');
    expect(await token()).toBeUndefined();
  });
});

describe("credentialVariables", () => {
  const generated = () => {
    const file = join(home, "generated.tfrc");
    writeFileSync(file, "disable_checkpoint = true");
    return { TF_CLI_CONFIG_FILE: file };
  };
  const variables = (terraform: NodeJS.ProcessEnv, environment: NodeJS.ProcessEnv = {}) =>
    credentialVariables([HOST], { environment, home }, terraform);

  test("brings a login's token to a Terraform whose configuration hides it", () => {
    login("from-login");
    expect(variables(generated())).toEqual({ TF_TOKEN_app_terraform_io: "from-login" });
  });

  test("brings nothing that Terraform finds by itself", () => {
    login("from-login");
    expect(variables({})).toEqual({});
    expect(variables({ ...generated(), TF_TOKEN_app_terraform_io: "own" })).toEqual({});
  });

  test("brings nothing where there is nothing", () => {
    expect(variables(generated())).toEqual({});
  });
});
