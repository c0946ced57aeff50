import { spawnSync } from "node:child_process";
import { codeOf, readText } from "../files";

/** A process as a file remembers it. The mark tells it from a later process that was given the same id. */
export interface ProcessMark {
  readonly pid: number;
  /** When the process began, as the system tells it; empty where the system does not tell. */
  readonly mark: string;
}

/** The mark of a running process. */
export function markOf(pid: number): ProcessMark {
  return { pid, mark: beginOf(pid) };
}

/** Whether that very process still runs. */
export function isRunning({ pid, mark }: ProcessMark): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false; // with EPERM it runs, under another user
  }
  return !isZombie(pid) && (mark === "" || beginOf(pid) === mark);
}

function beginOf(pid: number): string {
  const fields = statFields(pid);
  if (fields !== undefined) return fields[19] ?? "";
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() ?? "";
}

/** A process that has ended and whose parent has not noticed yet. */
function isZombie(pid: number): boolean {
  return statFields(pid)?.[0] === "Z";
}

/** The fields of `/proc/<pid>/stat` after the command's name, which may hold blanks; the state comes first, the start time 20th. */
function statFields(pid: number): string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}
