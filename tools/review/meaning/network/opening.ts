import type { ResourceChange } from "../../plan-document";
import { isRecord, Masked, Unknown, type Value } from "../../value";
import { attribute } from "../risk-rule";
import { own } from "../same";
import { numberOf } from "../turns";
import { cidrContains } from "./cidr-set";

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

/** What one side of a change opens, and whether a part of it is known only after apply. */
export interface Openings {
  /** The group or ACL it is about, as far as it is known. */
  readonly group: string;
  readonly openings: readonly Opening[];
  readonly unknown: boolean;
}

const MOST_PORTS = 65_535;

/** What a side of a change opens; undefined for a type that opens nothing. */
export function openingsOf(change: ResourceChange, side: Value | undefined): Openings | undefined {
  const { type } = change;
  if (side === undefined) return TYPES.test(type) ? { group: change.address, openings: [], unknown: false } : undefined;
  switch (type) {
    case "aws_security_group":
    case "aws_default_security_group":
      return inline(change, side);
    case "aws_vpc_security_group_ingress_rule":
      return rule(change, side, "in");
    case "aws_vpc_security_group_egress_rule":
      return rule(change, side, "out");
    case "aws_security_group_rule":
      return rule(change, side, attribute(side, "type") === "egress" ? "out" : "in");
    case "aws_network_acl_rule":
      return attribute(side, "rule_action") === "deny" ? { group: "", openings: [], unknown: false } : acl(side);
    default:
      return undefined;
  }
}

const TYPES =
  /^aws_(security_group|default_security_group|vpc_security_group_(in|e)gress_rule|security_group_rule|network_acl_rule)$/;

/** Whether an opening lets through all that another does. */
export function opens(outer: Opening, inner: Opening): boolean {
  if (outer.direction !== inner.direction) return false;
  if (outer.protocol !== "all" && outer.protocol !== inner.protocol) return false;
  if (outer.protocol !== "all" && (outer.fromPort > inner.fromPort || outer.toPort < inner.toPort)) return false;
  return outer.peer === inner.peer || cidrContains(outer.peer, inner.peer) === true;
}

/** An opening in words, such as `tcp 22 from 0.0.0.0/0`. */
export function openingText({ direction, protocol, fromPort, toPort, peer }: Opening): string {
  const ports =
    fromPort === 0 && toPort === MOST_PORTS ? "" : ` ${fromPort === toPort ? fromPort : `${fromPort}–${toPort}`}`;
  const what = protocol === "all" ? "everything" : `${protocol}${ports}`;
  return `${what} ${direction === "in" ? "from" : "to"} ${peer}`;
}

function inline(change: ResourceChange, side: Value): Openings {
  const parts = (["ingress", "egress"] as const).map((key) => {
    const list = attribute(side, key);
    const items: readonly Value[] = Array.isArray(list) ? (list as readonly Value[]) : [];
    const direction = key === "ingress" ? ("in" as const) : ("out" as const);
    return { unknown: isLater(list), openings: items.flatMap((item) => of(item, direction)) };
  });
  const id = attribute(side, "id");
  return {
    group: typeof id === "string" ? id : change.address,
    openings: parts.flatMap(({ openings }) => openings),
    unknown: parts.some(({ unknown }) => unknown),
  };
}

/** A rule of a group that is not known yet is compared with itself alone. */
function rule(change: ResourceChange, side: Value, direction: Opening["direction"]): Openings {
  const id = attribute(side, "security_group_id");
  const peers = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"].map((key) => attribute(side, key));
  const group = typeof id === "string" ? id : change.address;
  return { group, openings: of(side, direction), unknown: peers.some(isLater) };
}

function acl(side: Value): Openings {
  const id = attribute(side, "network_acl_id");
  const direction = attribute(side, "egress") === true ? "out" : "in";
  return {
    group: typeof id === "string" ? id : "",
    openings: of(side, direction),
    unknown: isLater(attribute(side, "cidr_block")),
  };
}

/** The openings of one block: one for each peer it names. */
function of(block: Value, direction: Opening["direction"]): Opening[] {
  if (!isRecord(block)) return [];
  const text = (key: string) => {
    const value = own(block, key);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const list = (key: string): string[] => {
    const value = own(block, key);
    if (typeof value === "string") return value === "" ? [] : [value];
    return Array.isArray(value) ? (value as readonly Value[]).filter((item) => typeof item === "string") : [];
  };
  const named = (text("ip_protocol") ?? text("protocol") ?? "all").toLowerCase();
  const protocol = PROTOCOLS[named] ?? named;
  const [from, to] = [numberOf(own(block, "from_port")), numberOf(own(block, "to_port"))];
  const whole =
    protocol === "all" || from === undefined || from < 0 || (from === 0 && to === 0 && !protocol.startsWith("icmp"));
  const peers = [
    ...["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks", "cidr_block", "ipv6_cidr_block"].flatMap(list),
    ...["prefix_list_id", "prefix_list_ids"].flatMap(list).map((id) => `prefix list ${id}`),
    ...["referenced_security_group_id", "source_security_group_id", "security_groups"]
      .flatMap(list)
      .map((id) => `group ${id}`),
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

function isLater(value: Value | undefined): boolean {
  if (value instanceof Unknown || value instanceof Masked) return true;
  return (
    Array.isArray(value) &&
    (value as readonly Value[]).some((item) => item instanceof Unknown || item instanceof Masked)
  );
}
