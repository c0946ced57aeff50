import { notOneOf } from "../validation";

/**
 * The TLS policies that count as safe: 1.2 with forward secrecy and up. Source: Elastic Load Balancing, security policies for
 * Application Load Balancers, read in 2026-11.
 */
export const TLS_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
] as const;

/** A TLS policy that counts as safe. */
export type TlsPolicy = (typeof TLS_POLICIES)[number];

/** What an environment chooses about its HTTPS listener. */
export interface HttpsListenerSettings {
  /**
   * Which TLS versions and ciphers clients may use: 1.2 and 1.3; `Res` without the CBC ciphers of 1.2; `1-3` shuts out whoever has no 1.3.
   * @default "ELBSecurityPolicy-TLS13-1-2-2021-06"
   */
  readonly tlsPolicy?: TlsPolicy;
}

/** Every problem of an environment's HTTPS listener. */
export function httpsListenerProblems(settings: HttpsListenerSettings): Array<string | undefined> {
  return [notOneOf<string>("tlsPolicy", settings.tlsPolicy, TLS_POLICIES)];
}
