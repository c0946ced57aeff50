import type { ResourceChange } from "../../plan-document";
import { isRecord, isValueList, Masked, Unknown, type Value } from "../../value";
import { attribute } from "../risk-rule";
import { own } from "../same";
import { numberOf } from "../turns";
import { addressesOf, cidrContains } from "./cidr-set";

/** Who may send what through a security group or a network ACL. */
export interface Opening {
  readonly direction: "in" | "out";
  /** `tcp`, `udp`, `icmp`, or `all`. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** A CIDR block, `prefix list …`, or `group …`. */
  readonly peer: string;
}

/** What one side of a change opens. */
export interface Openings {
  /** The group or ACL it is about; the address of the change where that is not known. */
  readonly group: string;
  readonly openings: readonly Opening[];
  /** Attributes that are known only after apply, such as `cidr_ipv4`, with the direction that they are about. */
  readonly unknown: ReadonlyArray<{ readonly attribute: string; readonly direction: Opening["direction"] }>;
}

/** The highest port. */
const MOST_PORTS = 65_535;

/** What a side of a change opens; undefined for a type that opens nothing. */
export function openingsOf(change: ResourceChange, side: Value | undefined): Openings | undefined {
  const { type, address } = change;
  if (!TYPES.test(type)) return undefined;
  const nothing = { group: address, openings: [], unknown: [] };
  if (side === undefined) return nothing;
  switch (type) {
    case "aws_vpc_security_group_ingress_rule":
      return rule(change, side, "in");
    case "aws_vpc_security_group_egress_rule":
      return rule(change, side, "out");
    case "aws_security_group_rule":
      return rule(change, side, attribute(side, "type") === "egress" ? "out" : "in");
    case "aws_network_acl_rule":
      return attribute(side, "rule_action") === "deny"
        ? nothing
        : rule(change, side, attribute(side, "egress") === true ? "out" : "in", "network_acl_id");
    default:
      return inline(change, side);
  }
}

const TYPES =
  /^aws_(security_group|default_security_group|network_acl|default_network_acl|vpc_security_group_(in|e)gress_rule|security_group_rule|network_acl_rule)$/;

/** Whether an opening lets through all that another does. */
export function opens(outer: Opening, inner: Opening): boolean {
  if (!isAlike(outer, inner)) return false;
  if (outer.protocol !== "all" && (outer.fromPort > inner.fromPort || outer.toPort < inner.toPort)) return false;
  return outer.peer === inner.peer || cidrContains(outer.peer, inner.peer) === true;
}

/** Whether openings together let through all that another does: two halves of a block, or of a range of ports, are the whole. */
export function open(outers: readonly Opening[], inner: Opening): boolean {
  if (outers.some((outer) => opens(outer, inner))) return true;
  const whole = areaOf(inner);
  let rest = [whole];
  for (const outer of outers) {
    if (!isAlike(outer, inner)) continue;
    const area = areaOf(outer);
    if (area.kind !== whole.kind) continue;
    rest = rest.flatMap((one) => without(one, area));
    if (rest.length === 0) return true;
    if (rest.length > MOST_PARTS) return false;
  }
  return false;
}

/** An opening in words, such as `tcp 22 from 0.0.0.0/0`. */
export function openingText({ direction, protocol, fromPort, toPort, peer }: Opening): string {
  const ports =
    fromPort === 0 && toPort === MOST_PORTS ? "" : ` ${fromPort === toPort ? fromPort : `${fromPort}–${toPort}`}`;
  const what = protocol === "all" ? "everything" : `${protocol}${ports}`;
  return `${what} ${direction === "in" ? "from" : "to"} ${peer}`;
}

function isAlike(outer: Opening, inner: Opening): boolean {
  return outer.direction === inner.direction && (outer.protocol === "all" || outer.protocol === inner.protocol);
}

/** Ports by addresses. Of what is no block of addresses only the same is alike. */
interface Area {
  readonly kind: string;
  readonly ports: readonly [from: number, to: number];
  readonly addresses: readonly [first: bigint, last: bigint];
}

/** So many openings side by side cover one only if somebody means to make them hard to read. */
const MOST_PARTS = 500;

function areaOf({ protocol, fromPort, toPort, peer }: Opening): Area {
  const block = addressesOf(peer);
  return {
    kind: block === undefined ? peer : `IPv${block.width}`,
    ports: protocol === "all" ? [0, MOST_PORTS] : [fromPort, toPort],
    addresses: block === undefined ? [0n, 0n] : [block.first, block.last],
  };
}

/** What of an area is outside of another, in at most four parts. */
function without(area: Area, other: Area): Area[] {
  const [[from, to], [first, last]] = [area.ports, area.addresses];
  const [[low, high], [start, end]] = [other.ports, other.addresses];
  if (high < from || low > to || end < first || start > last) return [area];
  const [left, right] = [Math.max(from, low), Math.min(to, high)];
  return [
    ...(low > from ? [{ ...area, ports: [from, low - 1] as const }] : []),
    ...(high < to ? [{ ...area, ports: [high + 1, to] as const }] : []),
    ...(start > first ? [{ ...area, ports: [left, right] as const, addresses: [first, start - 1n] as const }] : []),
    ...(end < last ? [{ ...area, ports: [left, right] as const, addresses: [end + 1n, last] as const }] : []),
  ];
}

function inline(change: ResourceChange, side: Value): Openings {
  const id = attribute(side, "id");
  const parts = (["ingress", "egress"] as const).map((key) => {
    const list = own(isRecord(side) ? side : {}, key);
    const direction = key === "ingress" ? ("in" as const) : ("out" as const);
    if (isLater(list)) return { openings: [], unknown: [{ attribute: key, direction }] };
    const items = (isValueList(list) ? list : []).filter((item) => !isRecord(item) || own(item, "action") !== "deny");
    return {
      openings: items.flatMap((item) => of(item, direction)),
      unknown: items.flatMap((item) =>
        laterIn(item).map((name) => ({ attribute: name === "" ? key : `${key}.${name}`, direction })),
      ),
    };
  });
  return {
    group: typeof id === "string" ? id : change.address,
    openings: parts.flatMap(({ openings }) => openings),
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
}

/** A rule of a group that is not known yet is compared with itself alone. */
function rule(
  change: ResourceChange,
  side: Value,
  direction: Opening["direction"],
  key = "security_group_id",
): Openings {
  const id = attribute(side, key);
  return {
    group: typeof id === "string" ? id : change.address,
    openings: of(side, direction),
    unknown: laterIn(side).map((attribute) => ({ attribute, direction })),
  };
}

const BLOCKS = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks", "cidr_block", "ipv6_cidr_block"];
const PREFIX_LISTS = ["prefix_list_id", "prefix_list_ids"];
const GROUPS = ["referenced_security_group_id", "source_security_group_id", "security_groups"];
const PORTS = ["ip_protocol", "protocol", "from_port", "to_port"];

/** The openings of one block: one for each peer it names. One whose ports are not known yet has none that can be told. */
function of(block: Value, direction: Opening["direction"]): Opening[] {
  if (!isRecord(block) || PORTS.some((key) => isLater(own(block, key)))) return [];
  const text = (key: string) => {
    const value = own(block, key);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const list = (key: string): string[] => {
    const value = own(block, key);
    if (typeof value === "string") return value === "" ? [] : [value];
    return isValueList(value) ? value.filter((item) => typeof item === "string") : [];
  };
  const named = (text("ip_protocol") ?? text("protocol") ?? "all").toLowerCase();
  const protocol = PROTOCOLS[named] ?? named;
  const [from, to] = [numberOf(own(block, "from_port")), numberOf(own(block, "to_port"))];
  const whole =
    protocol === "all" || from === undefined || from < 0 || (from === 0 && to === 0 && !protocol.startsWith("icmp"));
  const peers = [
    ...BLOCKS.flatMap(list),
    ...PREFIX_LISTS.flatMap(list).map((id) => `prefix list ${id}`),
    ...GROUPS.flatMap(list).map((id) => `group ${id}`),
    ...(own(block, "self") === true ? ["group itself"] : []),
  ];
  return peers.map((peer) => ({
    direction,
    protocol,
    fromPort: whole ? 0 : from,
    toPort: whole ? MOST_PORTS : (to ?? from),
    peer,
  }));
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  "-1": "all",
  "6": "tcp",
  "17": "udp",
  "1": "icmp",
  "58": "icmpv6",
};

/** Which attributes of a block are known only after apply; an empty name for all of them. */
function laterIn(block: Value): string[] {
  if (!isRecord(block)) return isLater(block) ? [""] : [];
  return [...BLOCKS, ...PREFIX_LISTS, ...GROUPS, ...PORTS].filter((key) => isLater(own(block, key)));
}

/** Whether a value, or an element of a list, is known only after apply or masked. */
function isLater(value: Value | undefined): boolean {
  return value instanceof Unknown || value instanceof Masked || (isValueList(value) && value.some(isLater));
}
