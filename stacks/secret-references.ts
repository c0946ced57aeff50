import type { Context } from "../modules/context";
import { type SecretSettings, secretResources, secretValueFrom } from "../modules/compute/secret-settings";
import type { TaskStatement } from "../modules/compute/task-statements";

/** What a service gets in place of its secrets when it reads them itself. */
export interface SecretReferences {
  /** Variables with ARNs: of Secrets Manager, or of the Parameter Store. */
  readonly environment: Readonly<Record<string, string>>;

  /** The right to read exactly these. */
  readonly statements: readonly TaskStatement[];
}

/**
 * The secrets of a service by reference. User and password of the database are one secret, and so one variable, `DATABASE_SECRET_ARN`; every other
 * variable gets `_SECRET_ARN` behind its name. A secret by name stands with the ARN that Secrets Manager completes.
 */
export function secretReferences(
  context: Context,
  sources: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, SecretSettings>>,
): SecretReferences {
  const variables = Object.entries(secrets).map(([variable, secret]) => {
    const whole = "key" in secret ? { ...secret, key: undefined } : secret;
    const ofDatabase = "from" in secret && secret.from === "database";
    return [
      ofDatabase ? "DATABASE_SECRET_ARN" : `${variable}_SECRET_ARN`,
      secretValueFrom(context, sources, whole),
    ] as const;
  });
  const { secrets: readable, parameters } = secretResources(context, sources, Object.values(secrets));
  const statements = [
    { actions: ["secretsmanager:GetSecretValue"], resources: readable },
    { actions: ["ssm:GetParameter", "ssm:GetParameters"], resources: parameters },
  ];
  return {
    environment: Object.fromEntries(variables),
    statements: statements.filter(({ resources }) => resources.length > 0),
  };
}
