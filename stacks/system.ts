import { App } from "cdktf";
import type { Construct } from "constructs";
import type { ChosenEnvironment, ChosenSystem } from "../envs/chosen-system";
import { anyOfKind, ofKind } from "../modules/of-kind";
import { migrationsBastionOf } from "../modules/compute/migrations-bastion-settings";
import type { Context } from "../modules/context";
import { permissionsBoundaryArn } from "../modules/delivery/delivery-names";
import { namesOf } from "../modules/naming";
import { AppStack } from "./app-stack";
import { BackupStack } from "./backup-stack";
import type { BaseStack } from "./base-stack";
import { BootstrapStack } from "./bootstrap-stack";
import { CdnStack } from "./cdn-stack";
import { type CloudStack, cloudStacks, stacksOf } from "./cloud-stacks";
import { DataStack } from "./data-stack";
import { DeliveryStack } from "./delivery-stack";
import { EdgeStack } from "./edge-stack";
import { GitHubStack } from "./github-stack";
import { HostedStack } from "./hosted-stack";
import { MigrationsStack } from "./migrations-stack";
import { MonitoringStack } from "./monitoring-stack";
import { needsCertificate, NetworkStack } from "./network-stack";
import { PipelineStack } from "./pipeline-stack";
import { PlatformStack } from "./platform-stack";
import { RecoveryStack } from "./recovery-stack";
import { SharedBastionStack } from "./shared-bastion-stack";
import { SharedStack } from "./shared-stack";
import { StandbyStack } from "./standby-stack";
import { UpstashStack } from "./upstash-stack";
import { VercelStack } from "./vercel-stack";

/** The advice of a platform stack whose state is not shared. */
const PLATFORM_STATE_WARNING =
  'the state of this stack is a file on this machine; set shared.platformState to { kind: "s3" } so that a team has it';

/** The stack of the bastion for migrations. */
const BASTION_STACK = "shared-bastion";

/** Puts the stacks of a system into the app: those of the account, then those of each chosen environment. */
export function addSystem(app: Construct, system: ChosenSystem): void {
  const context = sharedContext(system);
  if (system.needsStateBucket) new BootstrapStack(app, "bootstrap", { context, state: { kind: "local" } });
  const [first, ...others] = everyCloudStack(app, system);
  if (first) {
    const { platformState: state, everyEnvironment: environments } = system;
    const warnings = state.kind === "local" ? [PLATFORM_STATE_WARNING] : [];
    new PlatformStack(app, "platform", { context, state, warnings, environments, stacks: [first, ...others] });
  }
  addStacks(app, system);
}

/**
 * What the platform stack is made of: the stacks of the whole system, whichever environments are chosen. All of them are built once more for it, apart from
 * the app, because only stacks that were built tell what they read.
 */
function everyCloudStack(app: Construct, system: ChosenSystem): CloudStack[] {
  const { state, everyEnvironment: environments } = system;
  if ([state, ...environments.map((environment) => environment.state)].every(({ kind }) => kind !== "cloud")) return [];
  const apart = new App({ outdir: App.of(app).outdir });
  addStacks(apart, { ...system, environments });
  return cloudStacks(apart);
}

/** Everything but what makes the places where state is kept. */
function addStacks(app: Construct, system: ChosenSystem): void {
  const { shared, state, trustedCloudHost, otherAccountIds, environments, environmentNames } = system;
  const context = sharedContext(system);
  if (sharesAnything(system))
    new SharedStack(app, "shared", { context, state, shared, trustedCloudHost, pullAccountIds: otherAccountIds });
  if (shared.migrations) {
    new SharedBastionStack(app, BASTION_STACK, {
      context,
      state,
      shared,
      settings: shared.migrations,
      environments: environmentNames,
      zones: ["a", "b"],
    });
  }
  for (const environment of environments) addEnvironment(app, environment, system);
}

/** One environment: its stacks in the order they depend on each other, by value or, where only the order matters, by `addDependency`. */
function addEnvironment(app: Construct, environment: ChosenEnvironment, system: ChosenSystem): void {
  const { name, delivery, cloudRuns, state, sites, network } = environment;
  const props = { environment, state, context: contextOf(environment) };

  const deliveryStack = delivery || cloudRuns ? new DeliveryStack(app, `${name}-delivery`, props) : undefined;
  const vercel = anyOfKind(sites, "vercel") ? new VercelStack(app, `${name}-vercel`, props) : undefined;
  const hosted = isHosted(environment) ? new HostedStack(app, `${name}-hosted`, props) : undefined;
  const cnames = { ...vercel?.cnames, ...hosted?.cnames };
  if (network) {
    addAwsStacks(app, { ...environment, network }, { system, delivery: deliveryStack, cnames });
  } else if (hasEdge(environment, cnames)) {
    new EdgeStack(app, `${name}-edge`, { ...props, cnames });
  }
  if (delivery && deliveryStack) {
    new GitHubStack(app, `${name}-github`, {
      ...props,
      environment: { ...environment, delivery },
      delivery: deliveryStack,
    });
  }
  if (cloudRuns) deliveryStack?.trustRuns(runStacks(app, name)); // after all others, which it has to know by name
}

/** The stacks of an environment that a pipeline applies and that change something in AWS. */
function runStacks(app: Construct, environment: string): string[] {
  return stacksOf(app)
    .filter(
      ({ context, appliedBy, usesAws }) => context.environment === environment && appliedBy === "pipeline" && usesAws,
    )
    .map(({ node }) => node.id);
}

type NetworkedEnvironment = ChosenEnvironment & { readonly network: NonNullable<ChosenEnvironment["network"]> };

interface Around {
  readonly system: ChosenSystem;
  readonly delivery: DeliveryStack | undefined;
  readonly cnames: Readonly<Record<string, string>>;
}

/** What an environment has in AWS, and what leads to it. */
function addAwsStacks(app: Construct, environment: NetworkedEnvironment, { system, delivery, cnames }: Around): void {
  const { name, cache, state, warnings, recovery, sites, pipeline, monitoring, database } = environment;
  const { shared } = system;
  const props = { environment, state, context: contextOf(environment) };
  const first = delivery ? [delivery] : []; // roles carry its permissions boundary, known by name
  const after = <T extends BaseStack>(stack: T, ...others: ReadonlyArray<BaseStack | undefined>): T => {
    for (const other of others) if (other) stack.addDependency(other);
    return stack;
  };

  const network = after(new NetworkStack(app, `${name}-network`, props), ...first);
  const elsewhere = recovery && { ...props, context: { ...props.context, region: recovery.region } };
  const recoveryStack =
    recovery && elsewhere
      ? after(
          new RecoveryStack(app, `${name}-recovery`, { ...elsewhere, environment: { ...environment, recovery } }),
          ...first,
        )
      : undefined;
  const data = after(new DataStack(app, `${name}-data`, { ...props, network }), recoveryStack);
  const backup =
    recovery?.backup &&
    after(
      new BackupStack(app, `${name}-backup`, { ...props, recovery: { ...recovery, backup: recovery.backup } }),
      recoveryStack,
      ...first,
    );
  const globalCluster = data.database && "globalClusterIdentifier" in data.database ? data.database : undefined;
  if (recoveryStack?.vpc && elsewhere && globalCluster?.globalClusterIdentifier !== undefined && isAurora(database)) {
    after(
      new StandbyStack(app, `${name}-standby`, {
        ...elsewhere,
        vpc: recoveryStack.vpc,
        primary: database,
        primaryRegion: environment.region,
        globalClusterIdentifier: globalCluster.globalClusterIdentifier,
      }),
      data,
    );
  }

  const beforeApp: BaseStack[] = [];
  if (cache.kind === "upstash" && data.cacheSecret) {
    const { kind: _kind, ...settings } = cache;
    beforeApp.push(
      new UpstashStack(app, `${name}-upstash`, { ...props, settings, secretArn: data.cacheSecret.secretArn }),
    );
  }
  const edge = hasEdge(environment, cnames)
    ? new EdgeStack(app, `${name}-edge`, { ...props, network, cnames })
    : undefined;
  if (edge) beforeApp.push(edge);

  const appStack = new AppStack(app, `${name}-app`, { ...props, network, data, warnings });
  after(appStack, ...beforeApp); // the secret has a value, the certificate is validated
  if (anyOfKind(sites, "cloudfront")) {
    after(new CdnStack(app, `${name}-cdn`, props), edge, ...first); // by the edge's records its certificate is valid
  }
  if (shared.migrations && data.database) {
    new MigrationsStack(app, `${name}-migrations`, {
      ...props,
      network,
      database: data.database,
      bastion: { stackName: BASTION_STACK, state: system.state, cidr: migrationsBastionOf(shared.migrations).cidr },
    });
  }
  if (pipeline) {
    after(
      new PipelineStack(app, `${name}-pipeline`, { ...props, environment: { ...environment, pipeline } }),
      appStack,
    );
  }
  if (monitoring) {
    new MonitoringStack(app, `${name}-monitoring`, {
      ...props,
      environment: { ...environment, monitoring },
      network,
      data,
      app: appStack,
      backup,
    });
  }
}

/** Also a service without a host of its own needs it: the certificate is validated there. */
function hasEdge(environment: ChosenEnvironment, cnames: Readonly<Record<string, string>>): boolean {
  const { domain, sites, services, network } = environment;
  const pages = anyOfKind(sites, "cloudflare-pages");
  const named = Object.values(ofKind(services, "docker-host")).some(({ hosts = [] }) => hosts.length > 0);
  const certified = network !== undefined && needsCertificate(environment);
  return pages || certified || (domain !== undefined && (named || Object.keys(cnames).length > 0));
}

/** Whether something of it runs outside AWS, at Neon or Render, or at Upstash for those there. */
function isHosted({ services, database, cache, network }: ChosenEnvironment): boolean {
  const cached = network === undefined && cache.kind === "upstash";
  return anyOfKind(services, "render") || database?.engine === "neon" || cached;
}

function isAurora(
  database: ChosenEnvironment["database"],
): database is Extract<NonNullable<ChosenEnvironment["database"]>, { engine: "aurora-postgresql" | "aurora-mysql" }> {
  return database?.engine === "aurora-postgresql" || database?.engine === "aurora-mysql";
}

/** A system without images, repository and files, whose environments are all outside AWS, has nothing in the account. */
function sharesAnything({ shared, environments }: ChosenSystem): boolean {
  const { images = {}, repository, envFiles } = shared;
  const something = Object.keys(images).length > 0 || repository !== undefined || envFiles !== undefined;
  return something || environments.some(({ network }) => network !== undefined);
}

function sharedContext({ shared, destroyable }: ChosenSystem): Context {
  const { project, accountId, region } = shared;
  return { project, environment: "shared", accountId, region, destroyable, names: namesOf(project, "shared") };
}

function contextOf({ name, shared, accountId, region, destroyable, delivery, cloudRuns }: ChosenEnvironment): Context {
  const { project } = shared;
  const context = { project, environment: name, accountId, region, destroyable, names: namesOf(project, name) };
  return delivery || cloudRuns ? { ...context, permissionsBoundaryArn: permissionsBoundaryArn(context) } : context;
}
