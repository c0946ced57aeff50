import { notMatching } from "../validation";

/** Everything an application needs, on every key and channel; no command that lists, empties or reconfigures the cache but INFO, which clients send first. */
export const DEFAULT_ACCESS_STRING = "on ~* &* +@all -@dangerous +info";

const ACCESS_STRING =
  /^on(?: (?:~\S+|%(?:R|W|RW)~\S+|&\S+|[+-]@?[a-z][a-z0-9|-]*|(?:all|reset)channels|allkeys|(?:all|no)commands))+$/;

/** The problem with the rules of a cache's user, as the engine's ACL takes them; passwords (`>…`) have no place in them. */
export function accessStringProblem(name: string, value: string | undefined): string | undefined {
  return notMatching(name, value, ACCESS_STRING, `access rules without password such as "${DEFAULT_ACCESS_STRING}"`);
}
