import { objectOf, stringOf } from "../json";
import type { Resource, Synthesized } from "../plan/synthesized";
import { Names } from "./names";

/** An arrow between two constructs, or somebody outside. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** `request`: somebody asks somebody for something. `delivery`: somebody releases, stops or copies something. */
  readonly kind: "request" | "delivery";
}

// References that say nothing about the architecture: who may do what, where logs go, which key encrypts, which settings apply.
const SILENT_FROM =
  /^aws_(iam_|cloudwatch_|flow_log|budgets_|sns_|sqs_queue_policy|s3_bucket_policy|ecr_repository_policy|kms_|route_table|security_group|codestarnotifications_|acm_|default_)/;
const SILENT_TO =
  /^aws_(iam_|cloudwatch_|subnet|vpc|route(_|$)|route53_zone|internet_gateway|security_group|kms_|sns_|acm_|ecs_cluster|default_|ssm_)/;
const DELIVERY = /^(aws_(code|ecr_|backup_|scheduler_|s3_bucket_replication|cloudwatch_event_)|github_)/;

/** References that point against the stream, all or those of one attribute: what a load balancer hands on, what a replica follows. */
const BACKWARDS: ReadonlyArray<readonly [from: RegExp, to: RegExp, attribute?: string]> = [
  [/^aws_lb_listener$/, /^aws_lb$/],
  [/^aws_lb_listener_rule$/, /^aws_lb_listener$/],
  [/^aws_db_instance$/, /^aws_db_instance$/],
  [/^aws_rds_cluster$/, /^aws_rds_(global_)?cluster$/],
  [/^aws_eip_association$/, /^aws_eip$/],
  [/^aws_codepipeline$/, /^aws_code(star)?connections_connection$/],
  [/^aws_s3_bucket_replication_configuration$/, /^aws_s3_bucket/, "bucket"],
];

/** Providers whose things a browser reaches through them, and those whose things are asked by ours. */
const IN_FRONT: Readonly<Record<string, string>> = { cloudflare: "Cloudflare", vercel: "Vercel", render: "Render" };
const BEHIND: Readonly<Record<string, string>> = { upstash: "Upstash", neon: "Neon" };
const BEHIND_TYPES: ReadonlySet<string> = new Set(["render_postgres", "render_keyvalue"]);
const ENTRY_TYPES: ReadonlySet<string> = new Set([
  "aws_cloudfront_distribution",
  "aws_apprunner_service",
  "cloudflare_pages_project",
  "cloudflare_dns_record",
  "aws_route53_record",
  "vercel_project",
  "render_web_service",
]);

/** Every arrow among constructs (`<stack>/<construct>`) and with those outside, each once, sorted. */
export function arrowsOf(system: Synthesized, nodes: ReadonlySet<string>): Arrow[] {
  const arrows = new Arrows(nodes);
  const names = new Names(system);
  for (const resource of system.resources) {
    if (/^aws_vpc_security_group_(in|e)gress_rule$/.test(resource.type)) addRule(resource, system, arrows);
    else addTargets(resource, system, names, arrows);
  }
  addNamed(system, arrows);
  shorten(system, arrows);
  addOutside(system, arrows);
  return arrows.all();
}

class Arrows {
  private readonly byKey = new Map<string, Arrow>();

  constructor(private readonly nodes: ReadonlySet<string>) {}

  add(from: Resource | string, to: Resource | string, kind: Arrow["kind"]): void {
    const [a, b] = [idOf(from), idOf(to)];
    const known = (end: Resource | string, id: string) => typeof end === "string" || this.nodes.has(id);
    if (a === b || !known(from, a) || !known(to, b)) return;
    const key = `${a} ${b}`;
    // Who asks somebody and stops it too is shown as asking it.
    if (this.byKey.get(key)?.kind !== "request") this.byKey.set(key, { from: a, to: b, kind });
  }

  remove({ from, to }: Arrow): void {
    this.byKey.delete(`${from} ${to}`);
  }

  has(from: string, to: string): boolean {
    return this.byKey.has(`${from} ${to}`);
  }

  all(): Arrow[] {
    return [...this.byKey.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  }
}

/** A rule of a security group says exactly who may ask whom. */
function addRule(rule: Resource, system: Synthesized, arrows: Arrows): void {
  const [own] = system.references(rule, rule.config["security_group_id"]);
  const [other] = system.references(rule, rule.config["referenced_security_group_id"]);
  if (own === undefined || other === undefined) return;
  if (rule.type.includes("ingress")) arrows.add(other, own, "request");
  else arrows.add(own, other, "request");
}

/** What a resource refers to or names. */
function addTargets(resource: Resource, system: Synthesized, names: Names, arrows: Arrows): void {
  if (SILENT_FROM.test(resource.type)) return;
  const github = resource.type.startsWith("github_");
  for (const target of [...system.references(resource), ...(github ? [] : names.of(resource))]) {
    if (SILENT_TO.test(target.type) && !(github && target.type === "aws_iam_role")) continue;
    if (resource.type.startsWith("aws_codedeploy_") && target.type.startsWith("aws_lb")) continue; // it moves their traffic
    const kind = DELIVERY.test(resource.type) || DELIVERY.test(target.type) ? "delivery" : "request";
    if (isBackwards(resource, target, system)) arrows.add(target, resource, kind);
    else arrows.add(resource, target, kind);
  }
}

function isBackwards(resource: Resource, target: Resource, system: Synthesized): boolean {
  return BACKWARDS.some(
    ([from, to, attribute]) =>
      from.test(resource.type) &&
      to.test(target.type) &&
      (attribute === undefined || system.references(resource, resource.config[attribute]).includes(target)),
  );
}

/** What runs an image or makes it, by the image's repository; the roles that GitHub assumes, by their ARN. */
function addNamed(system: Synthesized, arrows: Arrows): void {
  const repositories = system.ofType("aws_ecr_repository");
  const roles = system.ofType("aws_iam_role");
  for (const resource of system.resources) {
    const github = resource.type.startsWith("github_");
    const runs = /^aws_(ecs_task_definition|apprunner_service|instance|ssm_document|launch_template)$/.test(
      resource.type,
    );
    const builds = /^aws_code(build|pipeline)/.test(resource.type);
    if (!github && !runs && !builds) continue;
    const text = JSON.stringify(resource.config);
    for (const repository of repositories) {
      const name = system.text(repository, "name");
      if (name === undefined || github || !new RegExp(`amazonaws\\.com/${escaped(name)}(?![\\w/-])`).test(text))
        continue;
      if (builds) arrows.add(resource, repository, "delivery");
      else arrows.add(repository, resource, "delivery");
    }
    for (const role of github ? roles : []) {
      const name = system.text(role, "name");
      if (name !== undefined && new RegExp(`:role/(?:[\\w-]+/)*${escaped(name)}(?![\\w-])`).test(text)) {
        arrows.add(resource, role, "delivery");
      }
    }
  }
}

/** A load balancer asks its services through a listener: the arrow past the listener says it twice. */
function shorten(system: Synthesized, arrows: Arrows): void {
  const balancers = new Set(system.ofType("aws_lb").map(idOf));
  const listeners = new Set(system.ofType("aws_lb_listener").map(idOf));
  for (const arrow of arrows.all()) {
    const over = [...listeners].some(
      (listener) =>
        listener !== arrow.from &&
        listener !== arrow.to &&
        arrows.has(arrow.from, listener) &&
        arrows.has(listener, arrow.to),
    );
    if (balancers.has(arrow.from) && over) arrows.remove(arrow);
  }
}

function addOutside(system: Synthesized, arrows: Arrows): void {
  const asked = new Set(arrows.all().flatMap(({ to, kind }) => (kind === "request" ? [to] : [])));
  const asking = new Set(arrows.all().flatMap(({ from, kind }) => (kind === "request" ? [from] : [])));
  for (const resource of system.resources) {
    const { type } = resource;
    const provider = type.split("_")[0] ?? "";
    const record = /_(dns_)?record$/.test(type);
    const entry =
      (ENTRY_TYPES.has(type) && !(record && !asking.has(idOf(resource)))) ||
      (type === "aws_lb" && !system.flag(resource, "internal")) ||
      (type === "aws_instance" && isOpen(resource, system));
    const front = IN_FRONT[provider];
    const behind = BEHIND[provider] ?? (BEHIND_TYPES.has(type) ? IN_FRONT[provider] : undefined);
    if (entry && front !== undefined) {
      arrows.add("Browser", front, "request");
      arrows.add(front, resource, "request");
    } else if (entry && !asked.has(idOf(resource))) {
      arrows.add("Browser", resource, "request");
    }
    if (behind !== undefined) arrows.add(resource, behind, "request");
    if (provider === "github" && type !== "github_actions_environment_variable")
      arrows.add("GitHub", resource, "delivery");
    if (/^aws_code(star)?connections_connection$/.test(type)) arrows.add("GitHub", resource, "delivery");
  }
  const reached = new Set(arrows.all().map(({ to }) => to));
  for (const role of system.ofType("aws_iam_role")) {
    const trust = stringOf(role.config["assume_role_policy"]) ?? "";
    if (trust.includes("token.actions.githubusercontent.com") && !reached.has(idOf(role))) {
      arrows.add("GitHub", role, "delivery");
    }
  }
}

/** Whether anybody on the internet may ask a host: a rule of a group in its construct lets everybody in. */
function isOpen(host: Resource, system: Synthesized): boolean {
  return system
    .ofType("aws_vpc_security_group_ingress_rule")
    .some(
      (rule) => idOf(rule) === idOf(host) && /^(0\.0\.0\.0|::)\/0$/.test(String(objectOf(rule.config)["cidr_ipv4"])),
    );
}

function idOf(end: Resource | string): string {
  return typeof end === "string" ? end : `${end.stack}/${end.construct}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
