import type { ResourceChange } from "../../plan-document";
import type { Severity } from "../../review";
import { isValueList, UNKNOWN, type Value } from "../../value";
import { turn } from "../evidence";
import { cidrContains, isInternet, isPublic } from "../network/cidr-set";
import { open, openingsOf, openingText, type Opening, type Openings } from "../network/opening";
import { attribute, type Finding, type RiskRule } from "../risk-rule";

/** Ports on which strangers have no business: ways into hosts, databases, caches, and what runs clusters. Source: IANA's registry of service names, 2026-11. */
const GUARDED: Readonly<Record<number, string>> = {
  22: "SSH",
  23: "Telnet",
  445: "SMB",
  1433: "SQL Server",
  1521: "Oracle",
  2049: "NFS",
  2375: "Docker",
  2376: "Docker",
  2379: "etcd",
  3306: "MySQL",
  3389: "Remote Desktop",
  5432: "PostgreSQL",
  5439: "Redshift",
  5601: "Kibana",
  5900: "VNC",
  5985: "WinRM",
  6379: "Redis",
  6443: "Kubernetes",
  9042: "Cassandra",
  9092: "Kafka",
  9200: "Elasticsearch",
  11211: "Memcached",
  27017: "MongoDB",
};
const WEB: ReadonlySet<number> = new Set([80, 443]);
/** A range of more ports than this is no port of a service any more. */
const WIDE = 100;
/** More than this is as good as all. */
const NEARLY_ALL = 30_000;

export const securityGroupOpening: RiskRule = {
  id: "security-group-opening",
  title: "A security group lets more in",
  why: "Whoever is let in can try everything that listens there.",
  fix: "Let in the security group of the caller, or its addresses; reach hosts through SSM and databases from the services alone.",
  check: ({ plan }) => {
    const touched = plan.changes.filter(({ mode, type }) => mode === "managed" && TYPES.test(type));
    // What a group let through before, by any of its rules: a rule that was moved or written otherwise opens nothing.
    const before = new Map<string, Before>();
    for (const change of touched) {
      const old = openingsOf(change, change.before);
      if (old === undefined || old.openings.length === 0) continue;
      const known = before.get(old.group) ?? { openings: [], texts: new Set<string>() };
      before.set(old.group, known);
      for (const opening of old.openings) {
        const text = openingText(opening);
        if (!known.texts.has(text)) known.openings.push(opening);
        known.texts.add(text);
      }
    }
    return touched.flatMap((change) => [...openings(change, before), ...prefixes(change)]);
  },
};

const TYPES = /^aws_.*(security_group|network_acl|managed_prefix_list)/;

/** What a group let through, each opening once. */
interface Before {
  readonly openings: Opening[];
  readonly texts: Set<string>;
}

function openings(change: ResourceChange, before: ReadonlyMap<string, Before>): Finding[] {
  if (change.action === "no-op" || change.action === "delete" || change.action === "forget") return [];
  const now = openingsOf(change, change.after);
  if (now === undefined) return [];
  const was = openingsOf(change, change.before);
  // A group that is not known yet takes the place of the one that the rule was of.
  const own = was !== undefined && (was.group === now.group || now.group === change.address) ? was.openings : [];
  const group = before.get(now.group);
  const wider = now.openings.filter(
    (opening) =>
      group?.texts.has(openingText(opening)) !== true && !open([...own, ...(group?.openings ?? [])], opening),
  );
  const old = was?.openings ?? [];
  return [
    ...wider.flatMap((opening): Finding[] => {
      const grade = gradeOf(opening, change.before === undefined);
      if (grade === undefined) return [];
      const narrower = old.filter((other) => other.direction === opening.direction).map(openingText);
      const it = narrower.length > 0 ? `; it was ${narrower.slice(0, 3).join(", ")}` : "";
      return [
        {
          change,
          severity: /network_acl/.test(change.type) ? capped(grade.severity) : grade.severity,
          title: grade.title,
          evidence: `${opening.direction === "in" ? "lets in" : "lets out"} ${openingText(opening)}${it}`,
        },
      ];
    }),
    ...later(change, now),
  ];
}

/** An ACL lets through what a security group still has to let in. */
function capped(severity: Severity): Severity {
  return severity === "critical" || severity === "high" ? "medium" : severity;
}

/** What cannot be judged yet. A new rule names a group that is new too as a rule; new addresses are for a reader. */
function later(change: ResourceChange, { unknown }: Openings): Finding[] {
  const created = change.before === undefined;
  const names = unknown
    .filter(({ attribute, direction }) => !created || (direction === "in" && attribute.includes("cidr")))
    .map(({ attribute }) => attribute);
  if (names.length === 0) return [];
  return [
    {
      change,
      severity: "low",
      title: "Who is let in is known only after apply",
      evidence: [...new Set(names)].map((name) => turn(name, undefined, UNKNOWN)).join("; "),
    },
  ];
}

/** What a prefix list newly has in it: every group that names the list lets it in. */
function prefixes(change: ResourceChange): Finding[] {
  if (!/^aws_ec2_managed_prefix_list(_entry)?$/.test(change.type) || change.action === "no-op") return [];
  const old = entriesOf(change.before);
  return entriesOf(change.after).flatMap((cidr): Finding[] => {
    if (!isPublic(cidr) || old.some((other) => cidrContains(other, cidr) === true)) return [];
    const internet = isInternet(cidr);
    if (!internet && change.before === undefined) return [];
    return [
      {
        change,
        severity: internet ? "critical" : "medium",
        title: internet ? "A prefix list takes in the internet" : "A prefix list takes in more addresses outside",
        why: "Every security group and every route that names the list takes them in too.",
        fix: "List only the blocks of those who are meant.",
        evidence: turn("cidr", undefined, cidr),
      },
    ];
  });
}

function entriesOf(side: Value | undefined): string[] {
  const list = attribute(side, "entry");
  const entries = isValueList(list) ? list : [side];
  return entries.flatMap((entry) => {
    const cidr = attribute(entry, "cidr");
    return typeof cidr === "string" ? [cidr] : [];
  });
}

function gradeOf(opening: Opening, created: boolean): { severity: Severity; title: string } | undefined {
  const { direction, protocol, fromPort, toPort, peer } = opening;
  if (direction === "out") return created ? undefined : { severity: "low", title: "A security group lets more out" };
  const internet = isInternet(peer);
  const outside = peer.includes("/") && isPublic(peer);
  if (!outside && !internet)
    return created || peer.startsWith("group ") ? undefined : { severity: "medium", title: securityGroupOpening.title };
  if (protocol.startsWith("icmp"))
    return created ? undefined : { severity: "low", title: "A security group answers pings from outside" };
  const whom = internet ? "the internet" : "addresses outside";
  const ports = fromPort === toPort ? `Port ${fromPort} is` : `Ports ${fromPort}–${toPort} are`;
  if (protocol === "all" || toPort - fromPort > NEARLY_ALL)
    return { severity: internet ? "critical" : "high", title: `Nearly every port is open to ${whom}` };
  const guarded = Object.entries(GUARDED).find(([port]) => Number(port) >= fromPort && Number(port) <= toPort);
  if (guarded !== undefined)
    return { severity: internet ? "critical" : "high", title: `${guarded[1]} is open to ${whom}` };
  if (toPort - fromPort >= WIDE) return { severity: internet ? "critical" : "high", title: `${ports} open to ${whom}` };
  if (!internet) return { severity: "medium", title: "A security group lets addresses from outside in" };
  if (fromPort === toPort && WEB.has(fromPort))
    return created ? undefined : { severity: "low", title: "A web port is open to the internet" };
  return { severity: "high", title: `${ports} open to the internet` };
}
