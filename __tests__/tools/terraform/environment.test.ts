import { emulatorEnvironment, offlineEnvironment, terraformEnvironment } from "../../../tools/terraform/environment";

const user = {
  PATH: "/bin",
  TF_LOG: "DEBUG",
  TF_VAR_tag: "v1",
  AWS_PROFILE: "prod",
  AWS_CA_BUNDLE: "/ca",
  AWS_SESSION_TOKEN: "s",
  AWS_ACCESS_KEY_ID: "real",
  CLOUDFLARE_API_TOKEN: "real",
  GITHUB_TOKEN: "real",
  UPSTASH_API_KEY: "real",
  VERCEL_API_TOKEN: "real",
  TF_TOKEN_app_terraform_io: "real",
};

describe("terraformEnvironment", () => {
  test("drops what would change Terraform's behaviour, keeps what the user may want", () => {
    const environment = {
      ...user,
      TF_CLI_ARGS: "-x",
      TF_CLI_ARGS_plan: "-y",
      TF_WORKSPACE: "other",
      TF_DATA_DIR: ".tf",
    };
    expect(terraformEnvironment(environment, { TF_CLI_CONFIG_FILE: "/c" })).toEqual({
      ...user,
      TF_DATA_DIR: ".tf",
      TF_CLI_CONFIG_FILE: "/c",
      TF_IN_AUTOMATION: "1",
    });
  });

  test("drops a data folder that all stacks would share", () => {
    expect(terraformEnvironment({ TF_DATA_DIR: "/data" }, {})["TF_DATA_DIR"]).toBeUndefined();
  });
});

describe.each([
  ["offlineEnvironment", offlineEnvironment(user), "http://127.0.0.1:9"],
  ["emulatorEnvironment", emulatorEnvironment(user, "http://127.0.0.1:4566"), "http://127.0.0.1:4566"],
])("%s", (_name, environment, url) => {
  test("passes no credential on, and leads every AWS call to one place", () => {
    expect(Object.values(environment)).not.toContain("real");
    expect(environment).toMatchObject({ PATH: "/bin", TF_LOG: "DEBUG", TF_VAR_tag: "v1", AWS_ENDPOINT_URL: url });
    expect(
      Object.keys(environment)
        .filter((name) => name.startsWith("AWS_"))
        .sort(),
    ).toEqual(["AWS_ACCESS_KEY_ID", "AWS_EC2_METADATA_DISABLED", "AWS_ENDPOINT_URL", "AWS_SECRET_ACCESS_KEY"]);
  });
});

describe("emulatorEnvironment", () => {
  test("sends hosts with an account id in front through the emulator, whatever proxy the user has", () => {
    const environment = emulatorEnvironment({ HTTP_PROXY: "http://proxy", NO_PROXY: "*" }, "http://127.0.0.1:1");
    expect(environment).toMatchObject({
      HTTP_PROXY: "http://127.0.0.1:1",
      http_proxy: "http://127.0.0.1:1",
      NO_PROXY: "",
      no_proxy: "",
    });
  });
});
