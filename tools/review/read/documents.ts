import { isInteger, parse, parseNumberAndBigInt } from "lossless-json";
import { Digits } from "../value";
import { unreadable } from "./decode";

/**
 * The JSON documents in a text: one as a rule; several when outputs were written one after the other. Lines of a wrapper around them are skipped.
 * Fails if there is none, or if one is cut short.
 */
export function documentsIn(text: string, source: string): unknown[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole.value];
  const documents: unknown[] = [];
  for (let start = nextDocument(text, 0); start !== undefined;) {
    const end = endOf(text, start);
    if (end === undefined) {
      throw unreadable(
        `${source} is cut short: the JSON that begins in line ${lineOf(text, start)} does not end`,
        "write it again with: terraform show -json <plan file> > plan.json",
      );
    }
    const document = parsed(text.slice(start, end));
    // Braces in a wrapper's line are no document.
    if (document !== undefined) documents.push(document.value);
    start = nextDocument(text, document === undefined ? start + 1 : end);
  }
  if (documents.length > 0) return documents;
  throw unreadable(`${source} holds no JSON`, "terraform show -json <plan file> > plan.json");
}

/** A text as JSON, or undefined if it is none. Numbers that a double does not hold keep their digits. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value: LONG_NUMBER.test(text) ? parse(text, undefined, exactNumber) : value };
  } catch {
    return undefined;
  }
}

/** At least as many digits as may not fit a double; in a string too, which costs a slower parse and nothing else. */
const LONG_NUMBER = /\d{16}|\d\.\d{15}|\d[eE]\d/;

function exactNumber(text: string): unknown {
  const number = Number(text);
  if (String(number) === text) return number;
  if (isInteger(text)) {
    const exact = parseNumberAndBigInt(text);
    return typeof exact === "bigint" && !Number.isSafeInteger(number) ? new Digits(text) : number;
  }
  return text.replace(/[-+.eE]/g, "").length > 15 ? new Digits(text) : number;
}

/** Where the next document may begin: a brace at the start of a line, else any. */
function nextDocument(text: string, from: number): number | undefined {
  const lineStart = /^[ \t]*\{/gm;
  lineStart.lastIndex = from;
  const match = lineStart.exec(text);
  if (match !== null) return match.index + match[0].length - 1;
  const any = text.indexOf("{", from);
  return any < 0 ? undefined : any;
}

/** Behind the brace that closes the one at `start`; undefined if there is none. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) {
      index = endOfString(text, index);
      if (index < 0) return undefined;
    } else if (character === OPEN) depth += 1;
    else if (character === CLOSE) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === BACKSLASH) index += 1;
    else if (character === QUOTE) return index;
  }
  return -1;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
