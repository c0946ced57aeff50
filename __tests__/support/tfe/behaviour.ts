/** How the emulator behaves where HCP may behave this way or that; a test changes it at any time. */
export interface Behaviour {
  /** Plan JSON answers 204 this many times before it is there. */
  planJsonNotReady: number;
  /** Whether a log ends with ETX. */
  endOfText: boolean;
  /** Most bytes of a log in one answer, so that a chunk may end inside a character. */
  chunkBytes: number;
  /** What becomes of an upload. */
  uploads: "uploaded" | "errored" | "stuck" | "expired";
  /** Time between two statuses, in milliseconds. */
  paceMilliseconds: number;
  /** Whether new runs stay pending until `release`. */
  holdPending: boolean;
  /** Whether confirmed runs stay confirmed until `release`. */
  holdConfirmed: boolean;
  /** How long a cancel takes before it may be forced, in milliseconds. */
  coolOffMilliseconds: number;
  /** Version of the API that every answer names. */
  apiVersion: string;
  appName: string;
}

/** An emulator that gets nothing in the way. */
export function calm(): Behaviour {
  return {
    planJsonNotReady: 1,
    endOfText: true,
    chunkBytes: Infinity,
    uploads: "uploaded",
    paceMilliseconds: 5,
    holdPending: false,
    holdConfirmed: false,
    coolOffMilliseconds: 0,
    apiVersion: "2.6",
    appName: "HCP Terraform",
  };
}

/** What is done to a request instead of answering it. */
export type Mishap =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | { readonly kind: "drop" }
  | { readonly kind: "hang" }
  | { readonly kind: "delay"; readonly milliseconds: number };

interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly mishap: Mishap;
  left: number;
}

/** Mishaps that are to happen to requests. */
export class Faults {
  private readonly planned: Fault[] = [];

  /** The next `times` requests of that method to a path that matches meet a mishap. */
  add(method: string, path: RegExp, mishap: Mishap, times = 1): void {
    this.planned.push({ method, path, mishap, left: times });
  }

  /** What happens to a request, if anything. */
  take(method: string, path: string): Mishap | undefined {
    const fault = this.planned.find((one) => one.left > 0 && one.method === method && one.path.test(path));
    if (fault === undefined) return undefined;
    fault.left -= 1;
    return fault.mishap;
  }

  clear(): void {
    this.planned.length = 0;
  }
}

/** Too many requests: what HCP answers, with the seconds after which it may be tried again. */
export function tooMany(seconds: number): Mishap {
  return {
    kind: "answer",
    status: 429,
    headers: { "x-ratelimit-limit": "30", "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(seconds) },
  };
}

/** A server that is out of order. */
export function outOfOrder(status = 502): Mishap {
  return { kind: "answer", status, body: "<html>Bad Gateway</html>" };
}
