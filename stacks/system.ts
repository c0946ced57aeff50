import type { Construct } from "constructs";
import type { Choice } from "../envs/choose";
import type { Environment, Shared } from "../envs/environment";
import { hostsOf, resolveEnvironment, type ResolvedEnvironment, sharedState } from "../envs/tiers";
import { assertValidSystem, environmentWarnings } from "../envs/validate";
import type { Context } from "../modules/context";
import { permissionsBoundaryArn } from "../modules/delivery/delivery-names";
import { namesOf } from "../modules/naming";
import { AppStack } from "./app-stack";
import type { BaseStack } from "./base-stack";
import { BootstrapStack } from "./bootstrap-stack";
import { DataStack } from "./data-stack";
import { DeliveryStack } from "./delivery-stack";
import { EdgeStack } from "./edge-stack";
import { GitHubStack } from "./github-stack";
import { NetworkStack } from "./network-stack";
import { SharedStack } from "./shared-stack";
import { UpstashStack } from "./upstash-stack";

/** Puts the stacks of the chosen environments into the app, after the whole system was found valid. */
export function addSystem(app: Construct, choice: Choice): void {
  assertValidSystem(choice.system);
  addSharedStacks(app, choice);
  for (const environment of choice.environments) addEnvironment(app, environment, choice);
}

function addSharedStacks(app: Construct, { system: { environments }, stateOverride, destroyable = false }: Choice): void {
  const [first] = environments;
  if (!first) return;
  const { shared } = first;
  const state = stateOverride ?? sharedState(shared);
  const context = sharedContext(shared, destroyable);
  const states = [state, ...environments.map((environment) => stateOverride ?? resolveEnvironment(environment).state)];
  if (states.some(({ kind }) => kind === "s3")) new BootstrapStack(app, "bootstrap", { context, state: { kind: "local" } });
  const elsewhere = environments.flatMap(({ accountId = shared.accountId }) => (accountId === shared.accountId ? [] : [accountId]));
  new SharedStack(app, "shared", { context, state, shared, pullAccountIds: [...new Set(elsewhere)] });
}

/** One environment: its stacks in the order they depend on each other, by value or, where only the order matters, by `addDependency`. */
function addEnvironment(app: Construct, given: Environment, { stateOverride, destroyable }: Choice): void {
  const resolved = resolveEnvironment(given);
  const environment = { ...resolved, destroyable: destroyable ?? resolved.destroyable };
  const { name, cache, delivery } = environment;
  const props = { environment, context: contextOf(environment), state: stateOverride ?? environment.state };

  const deliveryStack = delivery && new DeliveryStack(app, `${name}-delivery`, { ...props, environment: { ...environment, delivery } });
  const network = new NetworkStack(app, `${name}-network`, props);
  if (deliveryStack) network.addDependency(deliveryStack); // roles carry its permissions boundary, known by name
  const data = new DataStack(app, `${name}-data`, { ...props, network });

  const beforeApp: BaseStack[] = [];
  if (cache.kind === "upstash" && data.cacheSecret) {
    const { kind: _kind, ...settings } = cache;
    beforeApp.push(new UpstashStack(app, `${name}-upstash`, { ...props, settings, secretArn: data.cacheSecret.secretArn }));
  }
  if (hasEdge(environment)) beforeApp.push(new EdgeStack(app, `${name}-edge`, { ...props, network }));

  const warnings = environmentWarnings(environment);
  const appStack = new AppStack(app, `${name}-app`, { ...props, network, data, warnings });
  for (const stack of beforeApp) appStack.addDependency(stack); // the secret has a value, the certificate is validated

  if (delivery && deliveryStack) {
    new GitHubStack(app, `${name}-github`, { ...props, environment: { ...environment, delivery }, delivery: deliveryStack });
  }
}

function hasEdge(environment: ResolvedEnvironment): boolean {
  return Object.keys(environment.sites).length > 0 || (environment.domain !== undefined && hostsOf(environment).length > 0);
}

function sharedContext({ project, accountId, region }: Shared, destroyable: boolean): Context {
  return { project, environment: "shared", accountId, region, destroyable, names: namesOf(project, "shared") };
}

function contextOf({ name, shared, accountId, region, destroyable, delivery }: ResolvedEnvironment): Context {
  const { project } = shared;
  const context = { project, environment: name, accountId, region, destroyable, names: namesOf(project, name) };
  return delivery ? { ...context, permissionsBoundaryArn: permissionsBoundaryArn(context) } : context;
}
