/** The addresses of a block: the first and the last one as numbers, and of which family. */
export interface Addresses {
  readonly first: bigint;
  readonly last: bigint;
  readonly width: 32 | 128;
}

/** Whether every address of a block is in another; undefined for a text that is no block. */
export function cidrContains(outer: string, inner: string): boolean | undefined {
  const [a, b] = [addressesOf(outer), addressesOf(inner)];
  if (a === undefined || b === undefined) return undefined;
  return a.width === b.width && a.first <= b.first && b.last <= a.last;
}

/** Whether a block is the whole internet, or a half of it, by which the whole is written in two. All of IPv6 that is in use is in 2000::/3. */
export function isInternet(cidr: string): boolean {
  const block = addressesOf(cidr);
  if (block === undefined) return false;
  const half = 1n << BigInt(block.width - 1);
  return block.last - block.first + 1n >= half || cidrContains(cidr, "2000::/3") === true;
}

/** Whether a block has addresses that anybody on the internet may have. */
export function isPublic(cidr: string): boolean {
  return PRIVATE.every((inside) => cidrContains(inside, cidr) !== true);
}

const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
];

/** The addresses of a block; undefined for a text that is none. */
export function addressesOf(cidr: string): Addresses | undefined {
  if (cache.has(cidr)) return cache.get(cidr);
  const addresses = read(cidr);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(cidr, addresses);
  return addresses;
}

const CACHE_SIZE = 5_000;
const cache = new Map<string, Addresses | undefined>();

function read(cidr: string): Addresses | undefined {
  const match = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(cidr.trim());
  if (match === null) return undefined;
  const [, address = "", length] = match;
  const width = address.includes(":") ? 128 : 32;
  const any = width === 32 ? ipv4(address) : ipv6(address);
  const bits = length === undefined ? width : Number(length);
  if (any === undefined || bits > width) return undefined;
  const rest = BigInt(width - bits);
  const first = (any >> rest) << rest;
  return { first, last: first + (1n << rest) - 1n, width };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [left, right] = [groups(head), tail === undefined ? [] : groups(tail)];
  const missing = 8 - left.length - right.length;
  // A pair of colons stands for one group at least.
  if (missing < (tail === undefined ? 0 : 1) || (tail === undefined && missing !== 0)) return undefined;
  const all = [...left, ...Array<string>(missing).fill("0"), ...right];
  if (all.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
