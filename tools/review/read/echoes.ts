import { Digits, Masked, Unknown, type Value } from "../value";
import { MASKED_PART } from "./secret-shapes";

/**
 * The secrets of a document, and how to find them wherever else they are written: in an import id, in another attribute, in the words of a check.
 * What is short, an ordinary word or an identifier of a cloud is not looked for, since it would be found everywhere.
 */
export class Echoes {
  /** By their first characters, then by their length, the longest first. */
  private readonly byHead = new Map<string, Map<number, Set<string>>>();
  private readonly heads = new Uint8Array(BUCKETS);
  private readonly known = new Set<string>();

  /** Takes note of a secret. */
  readonly add = (secret: string): void => {
    const text = secret.trim();
    if (this.known.has(text) || !isTelling(text)) return;
    this.known.add(text);
    const head = text.slice(0, HEAD);
    const lengths = this.byHead.get(head) ?? new Map<number, Set<string>>();
    const sameLength = lengths.get(text.length);
    if (sameLength === undefined) {
      const more = [...lengths, [text.length, new Set([text])] as const].sort(([a], [b]) => b - a);
      this.byHead.set(head, new Map(more));
    } else {
      sameLength.add(text);
    }
    this.heads[bucketOf(text, 0)] = 1;
  };

  /** A text without the secrets in it. */
  cleaned(text: string): string {
    if (this.known.size === 0 || text.length < HEAD) return text;
    let result = "";
    let from = 0;
    for (let index = 0; index <= text.length - HEAD; index += 1) {
      if (this.heads[bucketOf(text, index)] !== 1) continue;
      const found = this.secretAt(text, index);
      if (found === undefined) continue;
      result += text.slice(from, index) + MASKED_PART;
      from = index + found.length;
      index = from - 1;
    }
    return from === 0 ? text : result + text.slice(from);
  }

  private secretAt(text: string, index: number): string | undefined {
    for (const [length, secrets] of this.byHead.get(text.slice(index, index + HEAD)) ?? []) {
      const candidate = text.slice(index, index + length);
      if (secrets.has(candidate)) return candidate;
    }
    return undefined;
  }

  /** A value without them. A text that is nothing else becomes a mask. */
  cleanedValue(value: Value): Value {
    if (this.known.size === 0) return value;
    if (typeof value === "string") {
      const clean = this.cleaned(value);
      return clean === MASKED_PART ? new Masked("sensitive", false) : clean;
    }
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Digits) return this.known.has(value.text) ? new Masked("sensitive", false) : value;
    if (value instanceof Masked || value instanceof Unknown) return value;
    if (Array.isArray(value)) return (value as readonly Value[]).map((inner) => this.cleanedValue(inner));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.cleaned(key), this.cleanedValue(inner)]),
    );
  }
}

const HEAD = 6;
const BUCKETS = 65_536;
const SHORTEST = 6;

function bucketOf(text: string, at: number): number {
  const a = text.charCodeAt(at) + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2) * 961;
  return (a + text.charCodeAt(at + 3) * 29_791 + text.charCodeAt(at + 4) * 7 + text.charCodeAt(at + 5) * 127) % BUCKETS;
}

/** Whether a text is worth looking for: neither short, nor a word, nor an identifier that a cloud gives. */
function isTelling(text: string): boolean {
  if (text.length < SHORTEST) return false;
  if (/^[a-z]{1,12}$|^[A-Z]{1,12}$|^(true|false|null)$|^\d{1,8}$/.test(text)) return false;
  if (/^arn:aws[\w-]*:/.test(text) || /^[a-z]{1,8}-[0-9a-f]{8,17}$/.test(text)) return false;
  if (/^[a-z]{2}(-[a-z]+)+-\d[a-z]?$/.test(text) || /^[\d.]+\/\d+$/.test(text) || /^\d+(\.\d+){1,3}$/.test(text))
    return false;
  return !/^(https?:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[\w./-]*)?$/.test(text);
}
