import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** The version of the provider this binding was written for: the newest, from August 2026. */
const VERSION = "0.15.0";

/**
 * The provider for Neon, made by a member of its community and named by Neon's own documentation; there is no prebuilt binding. The account
 * comes from `NEON_API_KEY` in the environment of the run; the provider would take it as an argument too, but then it would be in the
 * synthesized JSON and in every plan.
 */
export class NeonProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "neon",
      terraformGeneratorMetadata: {
        providerName: "neon",
        providerVersion: VERSION,
        providerVersionConstraint: VERSION,
      },
      terraformProviderSource: "kislerdm/neon",
    });
  }
}
