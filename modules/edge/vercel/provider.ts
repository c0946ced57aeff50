import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** The version of the provider this binding was written for: the newest, from August 2026. */
const VERSION = "5.10.0";

/**
 * The Vercel provider, for which there is no prebuilt binding. The token comes from `VERCEL_API_TOKEN` in the environment of the run; the
 * provider would take it as an argument too, but then it would be in the synthesized JSON and in every plan.
 */
export class VercelProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "vercel",
      terraformGeneratorMetadata: {
        providerName: "vercel",
        providerVersion: VERSION,
        providerVersionConstraint: VERSION,
      },
      terraformProviderSource: "vercel/vercel",
    });
  }
}
