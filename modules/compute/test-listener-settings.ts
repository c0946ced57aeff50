import { cidrProblem, prefixOf } from "../network/cidr";
import { isUnresolved, outOfRange, shown } from "../validation";

/** What an environment chooses about the listener that leads to a release before the visitors see it. */
export interface TestListenerSettings {
  /**
   * Its port on the load balancer, 1 to 65535, other than 80 and 443.
   * @default 8443
   */
  readonly port?: number;

  /**
   * IPv4 ranges that reach it, such as an office's. A public load balancer sees the public address of whoever asks: from inside the VPC
   * that is the NAT's, not the VPC's range.
   * @default - the VPC's own range
   */
  readonly allowedCidrs?: readonly string[];
}

/** Every problem of a test listener. */
export function testListenerProblems({ port, allowedCidrs }: TestListenerSettings): Array<string | undefined> {
  return [
    outOfRange("port", port, 1, 65_535),
    port === 80 || port === 443 ? `port must be other than 80 and 443, which visitors use, got ${port}` : undefined,
    allowedCidrs?.length === 0 ? "allowedCidrs must be at least one range, got []" : undefined,
    ...(allowedCidrs ?? []).map((cidr, index) => allowedProblem(`allowedCidrs[${index}]`, cidr)),
  ];
}

function allowedProblem(name: string, cidr: string): string | undefined {
  const problem = cidrProblem(name, cidr);
  if (problem !== undefined || isUnresolved(cidr) || prefixOf(cidr) > 0) return problem;
  return `${name} must not be everybody, got ${shown(cidr)}; a release that nobody has looked at is no site`;
}
