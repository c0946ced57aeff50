import { notOneOf, outOfRange, shown } from "../validation";

/** What an environment chooses about one secret. */
export interface GeneratedSecretSettings {
  /**
   * Who makes the value: Secrets Manager, at random, or a person. The secret of a `manual` one starts empty, until
   * `aws secretsmanager put-secret-value --secret-id <name>`, and Terraform never writes it.
   * @default "generated"
   */
  readonly kind?: "generated" | "manual";

  /**
   * How many characters, 16 to 4096. Databases take fewer: MySQL 41, PostgreSQL 128.
   * @default 48
   */
  readonly length?: number;

  /**
   * Whether there is punctuation beside letters and digits. Without, the value can stand in an address as it is.
   * @default false
   */
  readonly punctuation?: boolean;

  /**
   * Which value, counted from 1. Raise it by one for a new value; whatever holds the old one has to be restarted.
   * @default 1
   */
  readonly version?: number;
}

/** Shorter ones could be guessed, longer ones GetRandomPassword refuses. Source: Secrets Manager API reference, read in 2026-11. */
const LENGTH = { min: 16, max: 4096 };

/** What is wrong with the settings, one sentence each. */
export function generatedSecretProblems(settings: GeneratedSecretSettings): Array<string | undefined> {
  const { kind, length, punctuation, version } = settings;
  return [
    notOneOf("kind", kind, ["generated", "manual"]),
    outOfRange("length", length, LENGTH.min, LENGTH.max),
    outOfRange("version", version, 1, 1_000_000),
    ...(kind === "manual" ? Object.entries({ length, punctuation, version }).map(madeByPerson) : []),
  ];
}

function madeByPerson([name, value]: [string, unknown]): string | undefined {
  if (value === undefined) return undefined;
  return `${name} must be left out with kind "manual", whose value a person makes, got ${shown(value)}`;
}
