import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { StillCloud } from "../../support/tfe/still-cloud";
import { connect } from "../../../tools/cloud/connect";
import { Children } from "../../../tools/terraform/children";

const cloud = new StillCloud();
beforeAll(() => cloud.start());
afterAll(() => cloud.stop());
beforeEach(() => cloud.configure(cloud.emulator.token));

const to = (hostname: string, environment: NodeJS.ProcessEnv = cloud.environment) =>
  connect(hostname, { ...cloud.sending, attempts: 1, environment, children: new Children() });

describe("connect", () => {
  test("goes where the CLI configuration says, as Terraform does", async () => {
    const client = await to("app.terraform.io");
    expect(client.connection).toEqual({
      host: "app.terraform.io",
      api: new URL(cloud.emulator.url),
      token: cloud.emulator.token,
    });
    expect(await client.entitlements("acme-org")).toContain("operations");
  });

  test("says how to sign in where nobody has", async () => {
    cloud.configure(undefined);
    await expect(to("app.terraform.io")).rejects.toMatchObject({
      message: "there is no token for app.terraform.io",
      tryThis: "terraform login app.terraform.io, or set TF_TOKEN_app_terraform_io",
      exitCode: 66,
    });
  });

  test("names a configuration that it does not understand", async () => {
    const file = join(cloud.home, "cli.tfrc");
    writeFileSync(file, "credentials {");
    await expect(to("app.terraform.io")).rejects.toMatchObject({ details: `${file} was not understood` });
  });

  test("refuses what is no host", async () => {
    await expect(to("https://app.terraform.io")).rejects.toMatchObject({
      message: '"https://app.terraform.io" is no host name',
      exitCode: 66,
    });
  });

  test.each([
    ["offers something else", '"registry.v1" = "http://127.0.0.1:1/"'],
    ["offers nothing", ""],
  ])("refuses a host that %s", async (_name, services) => {
    const config = `host "app.terraform.io" { services = { ${services} } }\ncredentials "app.terraform.io" { token = "x" }`;
    writeFileSync(join(cloud.home, "cli.tfrc"), config);
    await expect(to("app.terraform.io")).rejects.toMatchObject({
      message: "app.terraform.io is no Terraform Cloud: it does not offer tfe.v2",
      exitCode: 66,
    });
  });

  test("adds the slash that a service's address may lack", async () => {
    const services = `"tfe.v2" = "${cloud.emulator.url.slice(0, -1)}"`;
    const config = `host "app.terraform.io" { services = { ${services} } }\ncredentials "app.terraform.io" { token = "x" }`;
    writeFileSync(join(cloud.home, "cli.tfrc"), config);
    expect((await to("app.terraform.io")).connection.api.href).toBe(cloud.emulator.url);
  });

  test("asks a host that is not configured what it offers, over TLS", async () => {
    const host = `127.0.0.1:${cloud.emulator.port}`;
    const environment = { ...cloud.environment, [`TF_TOKEN_${host}`]: "x" };
    // The emulator speaks no TLS, which is what the failure shows.
    await expect(to(host, environment)).rejects.toMatchObject({ exitCode: 75, status: undefined });
    expect(cloud.emulator.calls.to("GET", /well-known/)).toEqual([]);
  });
});
