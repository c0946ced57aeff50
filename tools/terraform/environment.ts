import { isAbsolute } from "node:path";

/** Settings of the user that would change what Terraform does behind our back. */
const TERRAFORM_SETTINGS = /^(TF_CLI_ARGS(_.*)?|TF_WORKSPACE|TF_INPUT)$/;

/** What reaches a real account. None of it is passed on to a sandbox or a preview. */
const CREDENTIALS =
  /^(AWS_.*|CLOUDFLARE_.*|CF_API_.*|GITHUB_TOKEN|GH_TOKEN|GITHUB_APP_.*|UPSTASH_.*|VERCEL_.*|TFE_TOKEN|TF_TOKEN_.*|TF_CLOUD_.*)$/;

/** Stand-ins, so that a provider which insists on credentials can plan. They open nothing. */
const STAND_INS = {
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_EC2_METADATA_DISABLED: "true",
  CLOUDFLARE_API_TOKEN: "sandbox0sandbox0sandbox0sandbox0sandbox0",
  GITHUB_TOKEN: "sandbox",
  UPSTASH_EMAIL: "sandbox@example.com",
  UPSTASH_API_KEY: "sandbox",
  VERCEL_API_TOKEN: "sandbox0sandbox0sandbox0",
};

/** A port on which nothing listens, so that a call which should not happen fails at once. */
const NOWHERE = "http://127.0.0.1:9";

/** The user's environment without what would lead Terraform astray, plus the CLI configuration. */
export function terraformEnvironment(
  environment: NodeJS.ProcessEnv,
  cliConfig: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const dataFolder = environment["TF_DATA_DIR"];
  // An absolute one would be the same folder for every stack.
  const shared = dataFolder !== undefined && isAbsolute(dataFolder) ? { TF_DATA_DIR: undefined } : {};
  return { ...without(environment, TERRAFORM_SETTINGS), ...cliConfig, ...shared, TF_IN_AUTOMATION: "1" };
}

/** An environment from which no real account can be reached, and AWS calls go nowhere. */
export function offlineEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...without(environment, CREDENTIALS), ...STAND_INS, AWS_ENDPOINT_URL: NOWHERE };
}

/** The environment with a stand-in for every credential that it lacks, for a provider which is configured and asked nothing. */
export function withStandIns(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...STAND_INS, ...environment };
}

/** An environment in which every AWS call reaches the emulator, and no real account can be reached. */
export function emulatorEnvironment(environment: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  return {
    ...without(environment, CREDENTIALS),
    ...STAND_INS,
    AWS_ENDPOINT_URL: url,
    // S3 Control puts the account id in front of the host. Go proxies every host but the local one, so only those calls take it.
    HTTP_PROXY: url,
    http_proxy: url,
    NO_PROXY: "",
    no_proxy: "",
  };
}

function without(environment: NodeJS.ProcessEnv, pattern: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !pattern.test(name)));
}
