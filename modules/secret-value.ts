import { isUnresolved } from "./validation";

/** An address with a password in it, an AWS access key, a private key, a token of GitHub's or a live key of Stripe's. */
const SECRET_VALUE =
  /:\/\/[^\s/:@]*:[^\s/@]+@|\bA[KS]IA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(gh[opsur]_|github_pat_|sk_live_)\w{16}/;

/** Whether a value that anyone may read is shaped like a secret. One that only Terraform knows passes. */
export function looksLikeSecret(value: string): boolean {
  return !isUnresolved(value) && SECRET_VALUE.test(value);
}
