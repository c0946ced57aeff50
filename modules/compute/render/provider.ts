import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** The version of the provider this binding was written for: the newest, from July 2026. */
const VERSION = "1.9.1";

/**
 * Render's own provider, for which there is no prebuilt binding. The account comes from `RENDER_API_KEY` and `RENDER_OWNER_ID` in the
 * environment of the run; the provider would take both as arguments too, but then the key would be in the synthesized JSON and in every plan.
 */
export class RenderProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "render",
      terraformGeneratorMetadata: {
        providerName: "render",
        providerVersion: VERSION,
        providerVersionConstraint: VERSION,
      },
      terraformProviderSource: "render-oss/render",
    });
  }
}
