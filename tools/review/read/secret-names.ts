// Names of attributes, variables and keys whose values are secrets. A name is compared in lower case with its parts joined by `_`.

const SECRET =
  /(^|_)(password|passwd|passphrase|pwd|secret|secrets|token|credential|credentials|private_key|privatekey|api_key|apikey|access_key|secret_key|signing_key|encryption_key|shared_key|auth_key|account_key|master_key|session_key|client_key|license_key|webhook_url|authorization|auth_string|connection_string|connection_url|connection_uri|conn_str|dsn|database_url|redis_url|jwt|cookie|otp|pin_code)($|_)/;

/** Endings that make of such a name one that is about the secret and is not it. */
const ABOUT =
  /(^|_)(arn|arns|id|ids|name|names|length|version|versions|ttl|seconds|minutes|hours|days|expiry|expires|expiration|expiration_date|rotation|rotation_days|enabled|required|policy|type|kind|path|file|prefix|count|status|state|usage|uses|scope|scopes|algorithm|alg|source|provider|lifetime|validity|recovery_window_in_days|wo_version|method|methods|mode|format|endpoint|issuer|audience|url_suffix|description|encryption|protection|management|manager|managed|user|username|value_from|hash|digest|fingerprint|reference|ref|key_id|units|fields|header|headers|set|map|rules|option|options)$/;

const EXACT: ReadonlySet<string> = new Set([
  "pass",
  "auth_token",
  "bearer",
  "user_data_secret",
  "pem",
  "private_key_pem",
]);

/** Names that look secret to the rules above and are not. */
const PUBLIC: ReadonlySet<string> = new Set([
  "manage_master_user_password",
  "password_data",
  "get_password_data",
  "token_endpoint",
  "aws_access_key_id",
  "access_key_id",
  "max_password_age",
  "require_secret",
  "secret_arn",
  "kms_access_key",
  "session_token_ttl",
]);

/** Whether a value of this name must not be shown. */
export function isSecretName(name: string): boolean {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const plain = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_");
  const secret = EXACT.has(plain) || (SECRET.test(plain) && !ABOUT.test(plain) && !PUBLIC.has(plain));
  if (cache.size < CACHE_SIZE) cache.set(name, secret);
  return secret;
}

const cache = new Map<string, boolean>();
const CACHE_SIZE = 5_000;

/** Whether a value of this name may look random without being secret: a hash, an identifier, a public key. */
export function isIdentifierName(name: string): boolean {
  return IDENTIFIER.test(name);
}

const IDENTIFIER =
  /(hash|sha\d*|digest|etag|fingerprint|checksum|md5|thumbprint|public_?key|certificate|cert_|arn|_id$|^id$|_ids$|unique|serial|version|image|nonce|zone_id|ami|domain|hostname|address|endpoint|url|bucket|^name$|_name$|^key$|revision|commit|lineage|body|policy)/i;
