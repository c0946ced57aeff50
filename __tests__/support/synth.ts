import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import type { Context } from "../../modules/context";
import { namesOf } from "../../modules/naming";

type Resource = Record<string, unknown>;

/** The synthesized JSON of one stack, as far as tests look into it. */
export interface Synthesized {
  readonly resource?: Record<string, Record<string, Resource>>;
  readonly data?: Record<string, Record<string, Resource>>;
  readonly output?: Record<string, Resource>;
  readonly variable?: Record<string, Resource>;
  readonly provider?: Record<string, Resource[]>;
  readonly terraform?: Resource;
}

/** The context modules are tested in; `destroyable` is false, as in prod. */
export function context(overrides: Partial<Context> = {}): Context {
  const { project = "acme", environment = "test" } = overrides;
  return {
    project,
    environment,
    accountId: "123456789012",
    region: "eu-west-3",
    destroyable: false,
    names: namesOf(project, environment),
    ...overrides,
  };
}

/** A stack named `test` with whatever `build` puts into it, synthesized with all validations. */
export function synth(build: (scope: Construct) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), "test");
  new AwsProvider(stack, "aws", { region: "eu-west-3" });
  build(stack);
  const runValidations = true; // off by default in cdktf, which would hide them from tests
  return JSON.parse(Testing.synth(stack, runValidations)) as Synthesized;
}

/** Every synthesized resource of one Terraform type, so a test can speak about all of them. */
export function resourcesOf(type: string, build: (scope: Construct) => void): Resource[] {
  return resources(synth(build), type);
}

/** Every resource of one type in synthesized JSON. */
export function resources(synthesized: Synthesized, type: string): Resource[] {
  return Object.values(synthesized.resource?.[type] ?? {});
}

/** A policy document held as a JSON string, parsed. */
export function policyOf(resource: Resource, attribute = "policy"): { Statement: PolicyStatement[] } {
  return JSON.parse(String(resource[attribute])) as { Statement: PolicyStatement[] };
}

/** One IAM statement as the tests read it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}
