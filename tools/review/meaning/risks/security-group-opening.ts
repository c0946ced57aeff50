import type { ResourceChange } from "../../plan-document";
import type { Severity } from "../../review";
import { isInternet, isPublic } from "../network/cidr-set";
import { opens, openingsOf, openingText, type Opening } from "../network/opening";
import type { Finding, RiskRule } from "../risk-rule";

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
/** A range wider than this is no port of a service any more. */
const WIDE = 100;

export const securityGroupOpening: RiskRule = {
  id: "security-group-opening",
  title: "A security group lets more in",
  why: "Whoever is let in can try everything that listens there.",
  fix: "Let in the security group of the caller, or its addresses; reach hosts through SSM and databases from the services alone.",
  check: ({ plan }) => {
    const touched = plan.changes.filter(
      ({ mode, type }) => mode === "managed" && /^aws_.*(security_group|network_acl_rule)/.test(type),
    );
    // What a group let through before, by any of its rules: a rule that was moved or written otherwise opens nothing.
    const before = new Map<string, Opening[]>();
    for (const change of touched) {
      const old = openingsOf(change, change.before);
      if (old !== undefined) before.set(old.group, [...(before.get(old.group) ?? []), ...old.openings]);
    }
    return touched.flatMap((change) => findings(change, before));
  },
};

function findings(change: ResourceChange, before: ReadonlyMap<string, readonly Opening[]>): Finding[] {
  if (change.action === "no-op" || change.action === "delete" || change.action === "forget") return [];
  const now = openingsOf(change, change.after);
  if (now === undefined) return [];
  const unknown: Finding[] =
    now.unknown && change.before !== undefined
      ? [
          {
            change,
            severity: "low",
            title: "Who is let in is known only after apply",
            evidence: "the addresses are not known yet",
          },
        ]
      : [];
  const own = openingsOf(change, change.before)?.openings ?? [];
  const old = [...own, ...(before.get(now.group) ?? [])];
  const wider = now.openings.filter((opening) => !old.some((other) => opens(other, opening)));
  const graded = wider.flatMap((opening) => {
    const grade = gradeOf(opening, change.before === undefined);
    return grade === undefined ? [] : [{ opening, ...grade }];
  });
  return [
    ...graded.map(({ opening, severity, title }): Finding => {
      const narrower = own.filter((other) => other.direction === opening.direction).map(openingText);
      const was = narrower.length > 0 ? `; it was ${narrower.slice(0, 3).join(", ")}` : "";
      return {
        change,
        severity,
        title,
        evidence: `${opening.direction === "in" ? "lets in" : "lets out"} ${openingText(opening)}${was}`,
      };
    }),
    ...unknown,
  ];
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
  const guarded = Object.entries(GUARDED).find(([port]) => Number(port) >= fromPort && Number(port) <= toPort);
  if (protocol === "all" || toPort - fromPort > WIDE) {
    return {
      severity: internet ? "critical" : "high",
      title: `Nearly every port is open to ${internet ? "the internet" : "addresses outside"}`,
    };
  }
  if (guarded !== undefined) {
    return {
      severity: internet ? "critical" : "high",
      title: `${guarded[1]} is open to ${internet ? "the internet" : "addresses outside"}`,
    };
  }
  if (!internet) return { severity: "medium", title: "A security group lets addresses from outside in" };
  if (fromPort === toPort && WEB.has(fromPort))
    return created ? undefined : { severity: "low", title: "A web port is open to the internet" };
  return {
    severity: "high",
    title: `Port ${fromPort === toPort ? fromPort : `${fromPort}–${toPort}`} is open to the internet`,
  };
}
