import type { Construct } from "constructs";
import type { ChosenEnvironment, ChosenSystem } from "../envs/chosen-system";
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

/** Puts the stacks of a system into the app: those of the account, then those of each chosen environment. */
export function addSystem(app: Construct, system: ChosenSystem): void {
  const { shared, state, needsStateBucket, otherAccountIds, environments } = system;
  const context = sharedContext(system);
  if (needsStateBucket) new BootstrapStack(app, "bootstrap", { context, state: { kind: "local" } });
  new SharedStack(app, "shared", { context, state, shared, pullAccountIds: otherAccountIds });
  for (const environment of environments) addEnvironment(app, environment);
}

/** One environment: its stacks in the order they depend on each other, by value or, where only the order matters, by `addDependency`. */
function addEnvironment(app: Construct, environment: ChosenEnvironment): void {
  const { name, cache, delivery, state, warnings } = environment;
  const props = { environment, state, context: contextOf(environment) };

  const deliveryStack =
    delivery && new DeliveryStack(app, `${name}-delivery`, { ...props, environment: { ...environment, delivery } });
  const network = new NetworkStack(app, `${name}-network`, props);
  if (deliveryStack) network.addDependency(deliveryStack); // roles carry its permissions boundary, known by name
  const data = new DataStack(app, `${name}-data`, { ...props, network });

  const beforeApp: BaseStack[] = [];
  if (cache.kind === "upstash" && data.cacheSecret) {
    const { kind: _kind, ...settings } = cache;
    beforeApp.push(
      new UpstashStack(app, `${name}-upstash`, { ...props, settings, secretArn: data.cacheSecret.secretArn }),
    );
  }
  if (hasEdge(environment)) beforeApp.push(new EdgeStack(app, `${name}-edge`, { ...props, network }));

  const appStack = new AppStack(app, `${name}-app`, { ...props, network, data, warnings });
  for (const stack of beforeApp) appStack.addDependency(stack); // the secret has a value, the certificate is validated

  if (delivery && deliveryStack) {
    new GitHubStack(app, `${name}-github`, {
      ...props,
      environment: { ...environment, delivery },
      delivery: deliveryStack,
    });
  }
}

/** Also a service without a host of its own needs it: the certificate is validated there. */
function hasEdge({ domain, sites, services }: ChosenEnvironment): boolean {
  const routed = Object.values(services).some(({ routing }) => routing !== undefined);
  return Object.keys(sites).length > 0 || (domain !== undefined && routed);
}

function sharedContext({ shared, destroyable }: ChosenSystem): Context {
  const { project, accountId, region } = shared;
  return { project, environment: "shared", accountId, region, destroyable, names: namesOf(project, "shared") };
}

function contextOf({ name, shared, accountId, region, destroyable, delivery }: ChosenEnvironment): Context {
  const { project } = shared;
  const context = { project, environment: name, accountId, region, destroyable, names: namesOf(project, name) };
  return delivery ? { ...context, permissionsBoundaryArn: permissionsBoundaryArn(context) } : context;
}
