import { isUnresolved, notMatching, notOneOf, shown } from "../validation";

/** What an environment chooses about its certificate. */
export interface CertificateSettings {
  /** The first name: a domain, or `*.` and a domain for everything one label below it; at most 64 characters. */
  readonly domainName: string;

  /**
   * Further names. ACM allows 10 names in all until AWS raises the quota, up to 100.
   * @default - none
   */
  readonly subjectAlternativeNames?: readonly string[];

  /**
   * Kind of key. RSA is understood by every client; the two elliptic curves make faster handshakes. A later change replaces the certificate.
   * @default "RSA_2048"
   */
  readonly keyAlgorithm?: (typeof KEY_ALGORITHMS)[number];
}

/** A DNS record that proves to ACM who owns a domain. */
export interface ValidationRecord {
  /** The domain it speaks for, known before the certificate is requested, so that it can name things. */
  readonly domain: string;

  /** Name of the record, with a dot at the end. */
  readonly name: string;

  /** Type of the record, which for ACM is always the same. */
  readonly type: "CNAME";

  /** What the record points to, with a dot at the end. */
  readonly value: string;
}

/** A domain that has to be validated once, and the first requested name under which ACM lists its record. */
export interface ValidationDomain {
  /** The domain, without `*.` in front. */
  readonly domain: string;

  /** The name as it was requested. */
  readonly requestedName: string;
}

/** What ACM issues public certificates for. Source: ACM API reference, RequestCertificate. */
const KEY_ALGORITHMS = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"] as const;
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const NAME = `(\\*\\.)?(${LABEL}\\.)+${LABEL}`;
const IN_WORDS = `a domain name in lower case, or "*." and one`;
const MAX_NAMES = 100;

/** Everything wrong with a certificate's settings. */
export function certificateProblems(settings: CertificateSettings): Array<string | undefined> {
  const { domainName, subjectAlternativeNames: others = [], keyAlgorithm } = settings;
  return [
    unknownProblem("domainName", domainName) ??
      notMatching(
        "domainName",
        domainName,
        new RegExp(`^(?=.{1,64}$)${NAME}$`),
        `${IN_WORDS}, of at most 64 characters`,
      ),
    ...others.map((name, index) => furtherNameProblem(settings, name, index)),
    others.length < MAX_NAMES
      ? undefined
      : `subjectAlternativeNames must be at most ${MAX_NAMES - 1} names, got ${others.length}`,
    notOneOf("keyAlgorithm", keyAlgorithm, KEY_ALGORITHMS),
  ];
}

/** The domains to validate, each once: a wildcard is proved by the same record as the domain below which it stands. */
export function validationDomains({
  domainName,
  subjectAlternativeNames = [],
}: CertificateSettings): ValidationDomain[] {
  const domains = new Map<string, string>();
  for (const requestedName of [domainName, ...subjectAlternativeNames]) {
    const domain = requestedName.replace(/^\*\./, "");
    if (!domains.has(domain)) domains.set(domain, requestedName);
  }
  return [...domains].map(([domain, requestedName]) => ({ domain, requestedName }));
}

function furtherNameProblem(settings: CertificateSettings, name: string, index: number): string | undefined {
  const { domainName, subjectAlternativeNames: others = [] } = settings;
  const path = `subjectAlternativeNames[${index}]`;
  if ([domainName, ...others.slice(0, index)].includes(name)) {
    return `${path} must be a further name, got ${shown(name)} twice`;
  }
  return unknownProblem(path, name) ?? notMatching(path, name, new RegExp(`^(?=.{1,253}$)${NAME}$`), IN_WORDS);
}

/** The names decide how many records there are and what they are called, so they cannot wait for Terraform. */
function unknownProblem(path: string, name: string): string | undefined {
  return isUnresolved(name) ? `${path} must be known when synthesizing, got a value only Terraform knows` : undefined;
}
