import { isUnresolved, shown } from "../validation";

/** A range as arithmetic sees it. */
interface Block {
  readonly first: number;
  readonly prefix: number;
}

const ADDRESS_BITS = 32;
const MOST_PIECES = 65_536;
// No leading zeros: some readers take 010 for eight.
const PATTERN = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(0|[1-9]\d?)$/;

/** Addresses nobody routes on the internet. Sources: RFC 1918 and, for the last one, RFC 6598. */
export const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] as const;

/** The problem with an IPv4 range, if there is one; a value only Terraform knows passes. */
export function cidrProblem(name: string, value: string): string | undefined {
  if (isUnresolved(value)) return undefined;
  const block = read(value);
  if (block === undefined) return `${name} must be an IPv4 range such as 10.0.0.0/16, got ${shown(value)}`;
  const intended = written({ ...block, first: network(block) });
  if (intended === value) return undefined;
  return `${name} must start at its network address, got ${shown(value)}; did you mean ${intended}`;
}

/** How many leading bits a range fixes: 16 for `10.0.0.0/16`. */
export function prefixOf(cidr: string): number {
  return parse(cidr).prefix;
}

/** How many addresses a range holds. */
export function addressCount(cidr: string): number {
  return size(parse(cidr));
}

/** Whether every address of `inner` lies in `outer`. */
export function cidrContains(outer: string, inner: string): boolean {
  const [around, within] = [parse(outer), parse(inner)];
  return around.first <= within.first && end(within) <= end(around);
}

/** Whether two ranges share an address. What is no range shares none, so that a check of many goes on; `cidrProblem` names it. */
export function cidrOverlaps(one: string, other: string): boolean {
  const [a, b] = [read(one), read(other)];
  return a !== undefined && b !== undefined && network(a) < end(b) && network(b) < end(a);
}

/** Whether a range is one of, or lies in, the ranges nobody routes on the internet. */
export function isPrivateCidr(cidr: string): boolean {
  return PRIVATE_RANGES.some((range) => cidrContains(range, cidr));
}

/** A range cut into equal pieces of that prefix, in order. */
export function splitCidr(cidr: string, prefix: number): string[] {
  const block = parse(cidr);
  const pieces = 2 ** (prefix - block.prefix);
  if (!Number.isInteger(prefix) || prefix > ADDRESS_BITS || pieces < 1 || pieces > MOST_PIECES) {
    const last = Math.min(ADDRESS_BITS, block.prefix + Math.log2(MOST_PIECES));
    throw new Error(`prefix must be a whole number from ${block.prefix} to ${last} to split ${cidr}, got ${prefix}`);
  }
  const step = 2 ** (ADDRESS_BITS - prefix);
  return Array.from({ length: pieces }, (_, index) => written({ first: block.first + index * step, prefix }));
}

function parse(cidr: string): Block {
  const block = read(cidr);
  const problem = cidrProblem("cidr", cidr);
  if (block === undefined || problem !== undefined) {
    throw new Error(problem ?? `cidr must be known at synth, got ${shown(cidr)}`);
  }
  return block;
}

function read(value: unknown): Block | undefined {
  const parts = typeof value === "string" ? PATTERN.exec(value) : null;
  if (parts === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > ADDRESS_BITS) return undefined;
  return { first: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

function written({ first, prefix }: Block): string {
  return `${[2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(first / unit) % 256).join(".")}/${prefix}`;
}

function size({ prefix }: Block): number {
  return 2 ** (ADDRESS_BITS - prefix);
}

/** The first address of the range that a block lies in. */
function network(block: Block): number {
  return block.first - (block.first % size(block));
}

function end(block: Block): number {
  return network(block) + size(block);
}
