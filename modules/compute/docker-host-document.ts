import { IMAGE_TAG_PATTERN, installScript, VERSION_PATTERN } from "./docker-host-script";

/** What a deploy may take at most: a pull, a start and the hundred tries of a slow health check. */
const TIMEOUT_SECONDS = 1800;

/**
 * A command document of Systems Manager around a deploy script, as JSON. Its parameters are checked before they reach a shell; left empty,
 * each stays as it is recorded. Source of the form: Systems Manager user guide, schema 2.2 and `aws:runShellScript`, read in 2026-11.
 */
export function deployDocument(name: string, script: string, withEnvFile: boolean): string {
  const imageTag = {
    type: "String",
    description: "Image tag to bring into service; empty for the one in service",
    default: "",
    allowedPattern: `^(${IMAGE_TAG_PATTERN})?$`,
  };
  const envFileVersion = {
    type: "String",
    description: "Version of the env file, such as v1.2.3; empty for the one in service",
    default: "",
    allowedPattern: `^(${VERSION_PATTERN})?$`,
  };
  const parameters = { imageTag, ...(withEnvFile ? { envFileVersion } : {}) };
  return commandDocument(`Bring a version of ${name} into service`, parameters, {
    name: "deploy",
    script: installScript(name, script, Object.keys(parameters)),
  });
}

/** A command document of one step. */
export function commandDocument(
  description: string,
  parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  step: { readonly name: string; readonly script: string },
): string {
  return JSON.stringify({
    schemaVersion: "2.2",
    description,
    parameters,
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: step.name,
        inputs: { timeoutSeconds: String(TIMEOUT_SECONDS), runCommand: step.script.trimEnd().split("\n") },
      },
    ],
  });
}
