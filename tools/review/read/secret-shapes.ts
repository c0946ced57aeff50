/** What stands where a part of a text was masked. */
export const MASKED_PART = "(masked)";

/** Shapes of secrets whose whole match is masked. Sources: the vendors' own documentation of their tokens' prefixes, read in 2026-11. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, // AWS access key
  /\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{30,}\b/g, // GitHub
  /\bgithub_pat_[A-Za-z0-9_]{22,}\b/g,
  /\bglpat-[\w-]{20,}/g, // GitLab
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g, // Slack
  /\bhooks\.slack\.com\/services\/[\w/]+/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}\b/g, // Stripe
  /\bsk-[A-Za-z0-9_-]{20,}/g, // OpenAI, Anthropic
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g, // JWT
  /\bnpm_[A-Za-z0-9]{30,}\b/g,
  /\bAIza[\w-]{30,}/g, // Google
  /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/g, // Terraform Cloud
  /\bnapi_[a-z0-9]{40,}\b/g, // Neon
  /\brnd_[A-Za-z0-9]{20,}\b/g, // Render
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g, // SendGrid
];

/** Credentials in a URL, and values of what is named as a secret in a script or a command line: the second group is masked. */
const PARTS: readonly RegExp[] = [
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:)([^\s@"']+)(@)/gi,
  /(\b[\w-]*(?:password|passwd|secret|token|api_?key|access_?key|private_?key)[\w-]*\s?=\s?["']?)([^\s"'$][^\s"']{3,})()/gi,
  /(["']?\b[\w-]*(?:password|passwd|secret|token|api_?key|access_?key|private_?key)["']?\s*:\s*["'])([^"'$][^"']{3,})()/gi,
  /(\bBearer\s+)([\w.~+/-]{12,}=*)()/g,
];

/** A cheap look at whether any of them can match. */
const HINT =
  /PRIVATE KEY|AKIA|ASIA|gh[pousr]_|github_pat|glpat|xox|hooks\.slack|_live_|_test_|sk-|eyJ|npm_|AIza|atlasv1|napi_|rnd_|SG\.|:\/\/|passw|secret|token|key|Bearer/i;

/** A text without the secrets in it that have a known shape. `identifier` says that its name lets it look random. */
export function withoutSecrets(text: string, identifier: boolean): string {
  if (text.length < SHORTEST) return text;
  let clean = text;
  if (HINT.test(clean)) {
    for (const shape of SHAPES) clean = clean.replace(shape, MASKED_PART);
    for (const part of PARTS) {
      clean = clean.replace(part, (whole, before: string, secret: string, after: string) =>
        isReference(secret) ? whole : `${before}${MASKED_PART}${after}`,
      );
    }
  }
  return identifier || clean.length < SHORTEST_RANDOM
    ? clean
    : clean.replaceAll(TOKEN, (token) => (looksRandom(token) ? MASKED_PART : token));
}

const SHORTEST = 8;
const SHORTEST_RANDOM = 24;
const TOKEN = /[A-Za-z0-9+/=]{24,}/g;

/** What only names where a secret is kept. */
function isReference(text: string): boolean {
  return (
    /^(arn:|\$|\{\{|<|\(masked\)|projects\/|ssm:|vault:|true$|false$|null$|required$|optional$)/.test(text) ||
    text.includes("${")
  );
}

/**
 * Whether a token looks drawn at random: 24 characters or more of mixed case with digits, whose kinds of characters change in at least two of five
 * steps (in base62 at random they change in three of five, in camel case in one of five), and at least 3.8 bits a character.
 * Hex alone is no such token: commits, digests and ids are written so.
 */
function looksRandom(token: string): boolean {
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || (token.match(/\d/g) ?? []).length < 2) return false;
  if (/^[0-9a-f]+$/i.test(token) || (token.match(/\//g) ?? []).length > token.length / 8) return false;
  let changes = 0;
  for (let index = 1; index < token.length; index += 1) {
    if (kindOf(token.charCodeAt(index)) !== kindOf(token.charCodeAt(index - 1))) changes += 1;
  }
  return changes / token.length >= 0.4 && entropy(token) >= 3.8;
}

function kindOf(code: number): 0 | 1 | 2 | 3 {
  if (code >= 0x61 && code <= 0x7a) return 0;
  if (code >= 0x41 && code <= 0x5a) return 1;
  return code >= 0x30 && code <= 0x39 ? 2 : 3;
}

/** Bits a character, by how often each occurs. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
