import { ExitCode } from "../exit-code";
import { objectOf, stringOf } from "../json";
import type { CliSettings } from "./cli-settings";
import { CloudError } from "./cloud-error";
import { jsonOf, send, type SendingOptions } from "./sending";

/** The service a host has to offer, and the path that Terraform knows it by. */
const SERVICE = "tfe.v2";

/** Base of a host's API, with a slash at its end: what the CLI configuration says of the host, else what the host says itself. */
export async function apiOf(host: string, settings: CliSettings, options: SendingOptions): Promise<URL> {
  const configured = settings.services.get(host);
  const services = configured ?? (await servicesOf(host, options));
  const service = stringOf(objectOf(services)[SERVICE]);
  if (service === undefined) {
    throw new CloudError(`${host} is no Terraform Cloud: it does not offer ${SERVICE}`, undefined, {
      tryThis: "set state.hostname to the host of Terraform Cloud or of Terraform Enterprise",
      exitCode: ExitCode.configuration,
    });
  }
  const url = new URL(service, `https://${host}/`);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

async function servicesOf(host: string, options: SendingOptions): Promise<unknown> {
  const url = new URL(`https://${host}/.well-known/terraform.json`);
  const answer = await send({ method: "GET", url, headers: { accept: "application/json" } }, options);
  return answer.status === 200 ? jsonOf(answer, host) : undefined;
}
