import { isObject, listOf } from "../json";
import type { Resource, Synthesized } from "../plan/synthesized";

/** How a type of resource is known by name, where nothing refers to it. */
interface Naming {
  readonly type: string;
  /** Its attribute that holds its name. */
  readonly name: string;
  /** Attributes of others that name it; the same name often belongs to things of several types. */
  readonly keys: RegExp;
  /** Service and resource type in its ARN, without what comes before the name. */
  readonly arn?: readonly [service: string, before: string];
}

// Not those of variables: a page that an API lets in is not asked by it.
const HOST_KEYS = /^(domain_name|content|records)$/;

const NAMINGS: readonly Naming[] = [
  { type: "aws_s3_bucket", name: "bucket", keys: /./, arn: ["s3", ""] }, // such a name is there once in the world
  { type: "aws_backup_vault", name: "name", keys: /vault_name$/i, arn: ["backup", "backup-vault:"] },
  { type: "aws_db_instance", name: "identifier", keys: /^db_?instance_?identifier$/i, arn: ["rds", "db:"] },
  {
    type: "aws_rds_cluster",
    name: "cluster_identifier",
    keys: /^(source_|replication_source_)?(db_?)?cluster_?identifier$/i,
    arn: ["rds", "cluster:"],
  },
  {
    type: "aws_rds_global_cluster",
    name: "global_cluster_identifier",
    keys: /^global_?cluster_?identifier$/i,
    arn: ["rds", "global-cluster:"],
  },
  {
    type: "aws_elasticache_replication_group",
    name: "replication_group_id",
    keys: /^(global_)?replication_?group_?id$/i,
    arn: ["elasticache", "replicationgroup:"],
  },
  { type: "aws_lambda_function", name: "function_name", keys: /^function_?name$/i, arn: ["lambda", "function:"] },
  { type: "aws_codedeploy_app", name: "name", keys: /^application_?name$/i, arn: ["codedeploy", "application:"] },
  { type: "aws_codebuild_project", name: "name", keys: /^project_?name$/i, arn: ["codebuild", "project/"] },
  { type: "aws_route53_record", name: "name", keys: HOST_KEYS },
  { type: "cloudflare_dns_record", name: "name", keys: HOST_KEYS },
];
const OWN_WORDS: ReadonlySet<string> = new Set(["tags", "lifecycle", "provider"]);
const ARN = /arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):\d*:([^\s"'\\,;(){}[\]]+)/g;

/** A resource under a name. */
interface Named {
  readonly resource: Resource;
  readonly name: string;
  readonly naming: Naming;
}

/** What resources know by name or by a written ARN, and not by reference. */
export class Names {
  private readonly named: readonly Named[];
  /** Host names that a load balancer's rules tell apart, with the load balancer; those of a DNS record are asked by the record. */
  private readonly routed: ReadonlyMap<string, Resource>;

  constructor(system: Synthesized) {
    this.named = NAMINGS.flatMap((naming) =>
      system.ofType(naming.type).flatMap((resource) => {
        const name = system.text(resource, naming.name);
        return name === undefined ? [] : [{ resource, name, naming }];
      }),
    );
    this.routed = routedHosts(system);
  }

  /** The resources that a resource names, each once. */
  of(resource: Resource): Resource[] {
    const found = new Set<Resource>();
    for (const [key, text] of literals(resource.config, "")) {
      for (const target of this.underName(key, text)) found.add(target);
      for (const [, service = "", region = "", rest = ""] of text.matchAll(ARN)) {
        for (const target of this.underArn(service, region, rest)) found.add(target);
      }
    }
    found.delete(resource);
    return [...found];
  }

  private underName(key: string, text: string): Resource[] {
    const found = this.named.filter(({ name, naming }) => name === text && naming.keys.test(key));
    if (found.length > 0) return found.map(({ resource }) => resource);
    const balancer = HOST_KEYS.test(key) ? this.routed.get(text) : undefined;
    return balancer === undefined ? [] : [balancer];
  }

  /** `rest` is what an ARN has after the account; it may have `*` in it. */
  private underArn(service: string, region: string, rest: string): Resource[] {
    const pattern = new RegExp(`^${rest.split("*").map(escaped).join(".*")}$`);
    return this.named.flatMap(({ resource, name, naming }) => {
      const [ownService, before] = naming.arn ?? [];
      if (before === undefined || service !== ownService) return [];
      if (region !== "" && region !== resource.region) return [];
      const own = `${before}${name}`;
      return pattern.test(own) || rest.startsWith(`${own}/`) || rest.startsWith(`${own}:`) ? [resource] : [];
    });
  }
}

function routedHosts(system: Synthesized): Map<string, Resource> {
  const hosts = new Map<string, Resource>();
  for (const rule of system.ofType("aws_lb_listener_rule")) {
    const [listener] = system.references(rule, rule.config["listener_arn"]);
    const [balancer] = listener === undefined ? [] : system.references(listener, listener.config["load_balancer_arn"]);
    for (const [, host] of literals(rule.config["condition"], "")) {
      if (balancer !== undefined) hosts.set(host, balancer);
    }
  }
  return hosts;
}

/** Every text in a value with the attribute it stands in, in JSON inside a text too. */
function literals(value: unknown, key: string): Array<readonly [key: string, text: string]> {
  if (Array.isArray(value)) return listOf(value).flatMap((inner) => literals(inner, key));
  if (isObject(value)) {
    return Object.entries(value).flatMap(([inner, one]) => (OWN_WORDS.has(inner) ? [] : literals(one, inner)));
  }
  if (typeof value !== "string") return [];
  const inside = /^\s*[{[]/.test(value) ? parsed(value) : undefined;
  return inside === undefined ? [[key, value]] : literals(inside, key);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // text that only begins like JSON
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
