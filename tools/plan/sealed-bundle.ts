import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { ExitCode } from "../exit-code";
import { isObject } from "../json";
import { UserError } from "../user-error";

/** Variable with the key by which a bundle is sealed: any secret text of at least 32 characters, such as `openssl rand -base64 32` prints. */
export const KEY_VARIABLE = "GROUNDPLAN_BUNDLE_KEY";

const MAGIC = Buffer.from("groundplan sealed bundle 1\n");
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_CHARACTERS = 32;

/** The files of a bundle by their path in it, such as `plans/prod-data.tfplan`. */
export type BundleFiles = ReadonlyMap<string, Buffer>;

/**
 * Files as one encrypted and authenticated text (AES-256-GCM, key by scrypt), so that saved plans, which hold secrets, can go from the job
 * that planned to the one that applies. `subject` says whose they are, such as `default/prod`; another subject does not open them.
 */
export function seal(files: BundleFiles, key: string, subject: string): Buffer {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
  const cipher = createCipheriv("aes-256-gcm", derived(key, salt), iv).setAAD(aad(subject));
  const contents = JSON.stringify(
    Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString("base64")])),
  );
  const sealed = Buffer.concat([cipher.update(gzipSync(contents)), cipher.final()]);
  return Buffer.concat([MAGIC, salt, iv, cipher.getAuthTag(), sealed]);
}

/** The files of a sealed bundle. Fails if it is none, was changed, belongs to another subject, or the key is another. */
export function open(sealed: Buffer, key: string, subject: string): BundleFiles {
  const head = MAGIC.length + SALT_BYTES + IV_BYTES + TAG_BYTES;
  if (sealed.length < head || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new UserError("the file is no sealed bundle", {
      tryThis: "name a file that npm run bundle seal has written",
      exitCode: ExitCode.usage,
    });
  }
  let offset = MAGIC.length;
  const next = (length: number) => sealed.subarray(offset, (offset += length));
  const [salt, iv, tag] = [next(SALT_BYTES), next(IV_BYTES), next(TAG_BYTES)];
  const decipher = createDecipheriv("aes-256-gcm", derived(key, salt), iv).setAAD(aad(subject)).setAuthTag(tag);
  let contents: unknown;
  try {
    const packed = Buffer.concat([decipher.update(sealed.subarray(head)), decipher.final()]);
    contents = JSON.parse(gunzipSync(packed).toString("utf8"));
  } catch {
    throw new UserError(`the sealed bundle does not open as one of ${subject}`, {
      details: "It was changed on its way, it is another environment's, or the key is not the one it was sealed with.",
      tryThis: `use the same ${KEY_VARIABLE} in both jobs, or plan again`,
      exitCode: ExitCode.stale,
    });
  }
  return new Map(
    Object.entries(isObject(contents) ? contents : {}).map(([path, text]) => [
      assertInside(path),
      Buffer.from(String(text), "base64"),
    ]),
  );
}

/** The key in the environment. */
export function bundleKey(environment: NodeJS.ProcessEnv): string {
  const key = environment[KEY_VARIABLE] ?? "";
  if (key.length >= KEY_CHARACTERS) return key;
  throw new UserError(`${KEY_VARIABLE} must be a secret of at least ${KEY_CHARACTERS} characters, got ${key.length}`, {
    tryThis: `make one (openssl rand -base64 32) and store it as a secret of both GitHub environments`,
    exitCode: ExitCode.configuration,
  });
}

function derived(key: string, salt: Buffer): Buffer {
  return scryptSync(key, salt, 32);
}

function aad(subject: string): Buffer {
  return Buffer.concat([MAGIC, Buffer.from(subject)]);
}

/** A path that stays inside the folder it is written to. */
function assertInside(path: string): string {
  const steps = path.split("/");
  if (steps.every((step) => /^[\w.@-]+$/.test(step) && step !== "." && step !== "..")) return path;
  throw new UserError(`the sealed bundle names a file outside of it: ${JSON.stringify(path)}`, {
    exitCode: ExitCode.stale,
  });
}
