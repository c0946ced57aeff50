import { readText } from "../files";
import { isObject, stringOf } from "../json";

/** What a saved plan of Terraform Cloud is: the name of a run. The plan itself stays there. */
export interface Bookmark {
  readonly runId: string;
  readonly hostname: string;
}

/** A plan of any size may be asked; a bookmark is never larger than this many characters. */
const LARGEST = 4096;

/** The run a saved plan stands for; undefined if it is a plan itself, or no such file. */
export function readBookmark(file: string): Bookmark | undefined {
  return bookmarkIn(readText(file) ?? "");
}

/** The run that a saved plan's contents stand for. */
export function bookmarkIn(contents: string): Bookmark | undefined {
  if (contents.length > LARGEST || !contents.trimStart().startsWith("{")) return undefined;
  let document: unknown;
  try {
    document = JSON.parse(contents);
  } catch {
    return undefined; // cut short: nothing that could be applied
  }
  if (!isObject(document) || document["remote_plan_format"] !== 1) return undefined;
  const [runId, hostname] = [stringOf(document["run_id"]), stringOf(document["hostname"])];
  return runId?.startsWith("run-") && hostname ? { runId, hostname } : undefined;
}
