import { ExitCode } from "../../exit-code";
import { UserError } from "../../user-error";

/** The text of a file as PowerShell, a terminal or Terraform wrote it: UTF-8 or UTF-16, with a byte order mark or without. */
export function decode(bytes: Uint8Array, source: string): string {
  if (bytes.length === 0) {
    throw unreadable(`${source} is empty`, "terraform show -json <plan file> > plan.json, and look at what it prints");
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw unreadable(
      `${source} is a saved plan, not its JSON`,
      `terraform show -json ${source} > plan.json, in the folder it was made in`,
    );
  }
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes); // takes a byte order mark away
  if (!/^\s*\{\s*"remote_plan_format"/.test(text)) return text;
  throw unreadable(
    `${source} is a bookmark of a run in Terraform Cloud, not a plan`,
    `terraform show -json ${source} > plan.json, in the folder it was made in and signed in there`,
  );
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  // ASCII in UTF-16 has a zero in every second byte.
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return "utf-16le";
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return "utf-16be";
  return "utf-8";
}

/** Something that cannot be read as a plan. */
export function unreadable(message: string, tryThis: string, details?: string): UserError {
  return new UserError(message, { tryThis, details, exitCode: ExitCode.configuration });
}
