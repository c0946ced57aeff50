import type { TerraformVariableConfig } from "cdktf";

/** The Terraform variable that holds the tag of a container's image; its default is the tag of the settings. */
export function imageTagConfig(container: string, tag: string, variable: string): TerraformVariableConfig {
  return {
    type: "string",
    default: tag,
    nullable: false,
    description: `Image tag of the container ${container}`,
    validation: [
      {
        condition: `\${var.${variable} != "latest" && var.${variable} != ""}`,
        errorMessage: "The tag must be a fixed version, not latest.",
      },
    ],
  };
}
