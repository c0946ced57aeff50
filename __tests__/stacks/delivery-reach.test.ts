import { systems } from "../../envs";
import type { Environment } from "../../envs/environment";
import { allows, allowsWithin, type AccessRequest, listOf, type PolicyStatement } from "../support/iam";
import { inCloud } from "../support/in-cloud";
import { providerCalls, type ProviderCalls } from "../support/provider-calls";
import { policyOf, resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

// The roles of delivery against all that the stacks of every system hold, resource by resource, call by call. What a role is refused here, a
// deployment is refused in the middle.

type Stacks = Readonly<Record<string, Synthesized>>;

/** Stacks that a person applies, or that no role of AWS is needed for. */
const BY_PERSON = /-(delivery|github|vercel)$|^shared|^bootstrap$/;

/** What the deploy role may only where everything may be destroyed; a person destroys what is protected. */
const KEPT =
  /:(DeleteDB(Cluster|Instance)|DeleteGlobalCluster|DeleteBucket|DeleteBackupVault\w*|DeleteSecret|ScheduleKeyDeletion)$/;

/** Statements of one role, or of the policies whose names match. */
function statementsOf(stack: Synthesized | undefined, name: RegExp): PolicyStatement[] {
  return ["aws_iam_role_policy", "aws_iam_policy"]
    .flatMap((type) => resources(stack ?? {}, type))
    .filter((policy) => name.test(String(policy["name"])))
    .flatMap((policy) => policyOf(policy).Statement);
}

interface Resource {
  readonly where: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly calls: ProviderCalls;
}

/** Every resource of AWS that the deploy role of an environment makes. */
function deployed(stacks: Stacks, { name, shared }: Environment): Resource[] {
  return Object.entries(stacks)
    .filter(([stack]) => stack.startsWith(`${name}-`) && !BY_PERSON.test(stack))
    .flatMap(([stack, { resource = {}, provider = {} }]) =>
      Object.entries(resource)
        .filter(([type]) => type.startsWith("aws_"))
        .flatMap(([type, all]) =>
          Object.entries(all).map(([id, attributes]): Resource => {
            const place = {
              project: shared.project,
              environment: name,
              accountId: shared.accountId,
              region: regionOf(provider["aws"] ?? [], attributes["provider"]),
              nameOf: (reference: string) => {
                const [, target = "", key = ""] = /\{(aws_\w+)\.([\w-]+)\./.exec(reference) ?? [];
                const named = resource[target]?.[key]?.["name"];
                return typeof named === "string" ? named : `${shared.project}-${name}-cache`;
              },
            };
            return { where: `${stack} ${type}.${id}`, type, attributes, calls: providerCalls(type, attributes, place) };
          }),
        ),
    );
}

function regionOf(providers: ReadonlyArray<Readonly<Record<string, unknown>>>, chosen: unknown): string {
  const [, alias] = /^aws\.(.+)$/.exec(String(chosen)) ?? [];
  return String(providers.find((provider) => provider["alias"] === alias)?.["region"]);
}

const delivered = Object.values(systems).flatMap((system) =>
  system.environments
    .filter(({ delivery }) => delivery !== undefined)
    .map((environment) => ({ system, environment, title: `${system.name} ${environment.name}` })),
);

/** Where nobody deploys from GitHub, runs of Terraform Cloud may; the roles of the others say the same to either. */
const run = Object.values(systems)
  .map((system) => inCloud(system))
  .flatMap((system) =>
    system.environments
      .filter(({ delivery, network }) => delivery === undefined && network !== undefined)
      .map((environment) => ({ system, environment, title: `${system.name} ${environment.name} in Terraform Cloud` })),
  );

test("there are environments of both", () => {
  expect([delivered.length > 10, run.map(({ title }) => title)]).toEqual([
    true,
    ["blue-green staging in Terraform Cloud", "blue-green prod in Terraform Cloud"],
  ]);
});

describe.each([...delivered, ...run])("the roles of $title", ({ system, environment }) => {
  const { stacks } = synthSystem({ system, environments: [environment] });
  const delivery = stacks[`${environment.name}-delivery`];
  const base = `${environment.shared.project}-${environment.name}`;
  const deploy = statementsOf(delivery, new RegExp(`^${base}-deploy(-\\d+)?$`));
  const plan = statementsOf(delivery, new RegExp(`^${base}-plan(-\\d+)?$`));
  const limit = statementsOf(delivery, new RegExp(`^${base}-delivery-boundary$`));
  const all = deployed(stacks, environment);
  const protectedData = environment.tier === "prod";

  const refused = (of: (calls: ProviderCalls) => readonly AccessRequest[], may: (request: AccessRequest) => boolean) =>
    all.flatMap(({ where, calls }) =>
      of(calls)
        .filter((request) => !may(request))
        .map(({ action, resource }) => `${where}: ${action} on ${resource}`),
    );
  const mayDeploy = remembered((request) => allowsWithin(limit, deploy, request));

  test("deploy makes, changes and reads every resource", () => {
    expect(all.length).toBeGreaterThan(20);
    expect(refused(({ reads, writes }) => [...reads, ...writes], mayDeploy)).toEqual([]);
  });

  test("deploy destroys every resource, but for data that is protected", () => {
    expect(refused(({ deletes }) => deletes.filter(({ action }) => !KEPT.test(action)), mayDeploy)).toEqual([]);
    const kept = all.flatMap(({ calls }) => calls.deletes.filter(({ action }) => KEPT.test(action)));
    expect(kept.filter(mayDeploy)).toEqual(protectedData ? [] : kept);
  });

  test("plan reads every resource, and makes none", () => {
    const mayPlan = remembered((request) => allowsWithin(limit, plan, request));
    expect(refused(({ reads }) => reads, mayPlan)).toEqual([]);
    const made = all.flatMap(({ calls }) => [...calls.writes, ...calls.deletes]).filter(mayPlan);
    expect(made.map(({ action }) => action)).toEqual([]);
  });

  test("the boundary of the workloads leaves each what its own policies give it", () => {
    const boundary = statementsOf(delivery, new RegExp(`^${base}-boundary$`));
    const region = { "aws:RequestedRegion": environment.shared.region };
    const cut = all
      .filter(
        ({ type, attributes }) => type === "aws_iam_role_policy" && attributes["role"] !== sharedRole(environment),
      )
      .flatMap(({ where, attributes }) =>
        policyOf(attributes)
          .Statement.filter(({ Effect }) => Effect === "Allow")
          .flatMap(({ Action, Resource, Condition = {} }) =>
            listOf(Action).flatMap((action) =>
              listOf(Resource)
                .filter((resource) => {
                  const context = { ...region, ...Condition["StringEquals"] };
                  return !allows(boundary, { action, resource, context: single(context) });
                })
                .map((resource) => `${where}: ${action} on ${resource}`),
            ),
          ),
      );
    expect(cut).toEqual([]);
  });
});

/** The same answer to the same request, of which there are many. */
function remembered(may: (request: AccessRequest) => boolean): (request: AccessRequest) => boolean {
  const answers = new Map<string, boolean>();
  return (request) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? may(request);
    answers.set(key, answer);
    return answer;
  };
}

function sharedRole({ shared }: Environment): string {
  return `${shared.project}-shared-migrations-host`;
}

/** The first of several values, for a request has one. */
function single(context: Readonly<Record<string, string | readonly string[]>>): AccessRequest["context"] {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, listOf(value)[0] ?? ""]));
}
