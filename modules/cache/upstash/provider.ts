import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** The version of the provider this binding was written for: the newest, from August 2025. */
const VERSION = "2.0.1";

/**
 * The Upstash provider, for which there is no prebuilt binding. The account comes from `UPSTASH_EMAIL` and `UPSTASH_API_KEY` in the environment of
 * the run; the provider would take both as arguments too, but then they would be in the synthesized JSON and in every plan.
 */
export class UpstashProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "upstash",
      terraformGeneratorMetadata: {
        providerName: "upstash",
        providerVersion: VERSION,
        providerVersionConstraint: VERSION,
      },
      terraformProviderSource: "upstash/upstash",
    });
  }
}
