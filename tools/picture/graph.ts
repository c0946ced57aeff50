import type { Stack } from "../plan/stack";
import { Synthesized, type Resource } from "../plan/synthesized";
import { waves } from "../plan/waves";
import { arrowsOf, type Arrow } from "./arrows";
import { WHATS, wordsOf, type Kind } from "./what";

/** A construct directly below a stack, or somebody outside. */
export interface PictureNode {
  /** `<stack>/<construct>`, or the name of somebody outside. */
  readonly id: string;
  readonly name: string;
  /** What it is, in parts. */
  readonly parts: readonly string[];
  readonly kind: Kind | "outside";
  /** Addresses of its resources, as `<stack>/<address>`. */
  readonly addresses: readonly string[];
  /** Whether it has a place in the VPC. */
  readonly inVpc: boolean;
}

/** A stack with what stands in it. */
export interface Cluster {
  readonly name: string;
  /** Where it is, such as `AWS eu-west-3`. */
  readonly where: string;
  readonly nodes: readonly PictureNode[];
}

/** An arrow between two nodes: requests and data, or delivery and operations. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: Arrow["kind"];
}

/** What a picture shows. */
export interface Graph {
  /** Stacks in order of dependency. */
  readonly clusters: readonly Cluster[];
  readonly outside: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

const PROVIDERS: Readonly<Record<string, string>> = {
  cloudflare: "Cloudflare",
  github: "GitHub",
  upstash: "Upstash",
  vercel: "Vercel",
  neon: "Neon",
  render: "Render",
  tfe: "Terraform Cloud",
};
const PLACED_BY: ReadonlySet<string> = new Set(["aws_subnet", "aws_vpc"]);

/** The architecture of some stacks: their constructs, who stands outside, and who asks whom. */
export function graphOf(given: readonly Stack[]): Graph {
  const stacks = waves(given).flat();
  const system = new Synthesized(stacks);
  const clusters = stacks.map((stack) => clusterOf(stack.name, system)).filter(({ nodes }) => nodes.length > 0);
  const arrows = arrowsOf(system, new Set(clusters.flatMap(({ nodes }) => nodes.map(({ id }) => id))));
  const ends = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const outside = [...OUTSIDE, ...Object.values(PROVIDERS)].filter((name) => ends.has(name)).map(outsider);
  return { clusters, outside, edges: arrows };
}

const OUTSIDE = ["Browser"];

function outsider(name: string): PictureNode {
  return { id: name, name, parts: [], kind: "outside", addresses: [], inVpc: false };
}

function clusterOf(stack: string, system: Synthesized): Cluster {
  const resources = system.resources.filter((resource) => resource.stack === stack);
  const names = [...new Set(resources.map(({ construct }) => construct))];
  return {
    name: stack,
    where: whereOf(resources),
    nodes: names.map((name) =>
      nodeOf(
        name,
        resources.filter(({ construct }) => construct === name),
        system,
      ),
    ),
  };
}

function nodeOf(name: string, resources: readonly Resource[], system: Synthesized): PictureNode {
  const [first] = resources;
  const what = WHATS.find(({ type }) => resources.some((resource) => resource.type === type));
  const dominant = resources.find(({ type }) => type === what?.type) ?? first;
  const parts =
    what === undefined || dominant === undefined
      ? [wordsOf(dominant?.type ?? "")]
      : what.parts(dominant, system, resources).filter((part) => part !== undefined && part !== "");
  const targets = resources
    .filter(({ type }) => !type.startsWith("aws_security_group") && !type.startsWith("aws_vpc_security_group"))
    .flatMap((resource) => system.references(resource));
  return {
    id: `${first?.stack}/${name}`,
    name,
    parts: parts as readonly string[],
    kind: what?.kind ?? "operations",
    addresses: resources.map(({ stack, address }) => `${stack}/${address}`),
    inVpc: what?.type !== "aws_vpc" && targets.some(({ type }) => PLACED_BY.has(type)),
  };
}

function whereOf(resources: readonly Resource[]): string {
  const places = resources.map(({ type, region }) => {
    const provider = type.split("_")[0] ?? "";
    return provider === "aws" ? `AWS ${region}`.trim() : (PROVIDERS[provider] ?? provider);
  });
  return [...new Set(places)].join(", ");
}
