/** A block of addresses: the first one as a number, how many leading bits it shares, and of which family. */
interface Block {
  readonly first: bigint;
  readonly bits: number;
  readonly width: 32 | 128;
}

/** Whether every address of a block is in another; undefined for a text that is no block. */
export function cidrContains(outer: string, inner: string): boolean | undefined {
  const [a, b] = [blockOf(outer), blockOf(inner)];
  if (a === undefined || b === undefined) return undefined;
  const rest = BigInt(a.width - a.bits);
  return a.width === b.width && a.bits <= b.bits && a.first >> rest === b.first >> rest;
}

/** Whether a block is the whole internet, or a half of it, by which the whole is written in two. */
export function isInternet(cidr: string): boolean {
  const block = blockOf(cidr);
  return block !== undefined && block.bits <= 1;
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

function blockOf(cidr: string): Block | undefined {
  const match = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(cidr.trim());
  if (match === null) return undefined;
  const [, address = "", length] = match;
  const width = address.includes(":") ? 128 : 32;
  const first = width === 32 ? ipv4(address) : ipv6(address);
  const bits = length === undefined ? width : Number(length);
  return first === undefined || bits > width ? undefined : { first, bits, width };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [left, right] = [groups(head), tail === undefined ? [] : groups(tail)];
  const missing = 8 - left.length - right.length;
  if (missing < 0 || (tail === undefined && missing !== 0)) return undefined;
  const all = [...left, ...Array<string>(missing).fill("0"), ...right];
  if (all.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
