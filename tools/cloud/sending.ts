import { setTimeout as sleep } from "node:timers/promises";
import { objectOf, stringOf } from "../json";
import { CloudError, unreachable } from "./cloud-error";

/** How requests are sent. */
export interface SendingOptions {
  /**
   * How often a request is sent at most.
   * @default 8
   */
  readonly attempts?: number;
  /**
   * How long one answer may take, in seconds.
   * @default 30
   */
  readonly timeoutSeconds?: number;
  /**
   * Waits; rejects if it is told to stop.
   * @default - the clock
   */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /**
   * A number from 0 to 1, below 1, so that many who were sent away do not come back at once.
   * @default - chance
   */
  readonly random?: () => number;
}

/** A request. */
export interface Outgoing {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** An answer, read whole. */
export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 10_000;
const JITTER_MILLISECONDS = 400;

/** Longest that a server may send somebody away for, in milliseconds. */
const LONGEST_RESET_MILLISECONDS = 120_000;

/**
 * Sends a request until an answer comes that is worth reading: not while there are too many requests, not from a server that is out of order, and
 * not over a connection that breaks. Redirects are given to the caller. Rejects with a `CloudError` once it was tried often enough.
 */
export async function send(request: Outgoing, options: SendingOptions): Promise<Incoming> {
  const { attempts = 8, wait = waitFor, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    const { answer, reason } = await sendOnce(request, options);
    if (answer !== undefined && answer.status !== 429 && answer.status < 500) return answer;
    if (attempt >= attempts) throw unreachable(request.url.host, reason);
    const milliseconds = answer?.status === 429 ? resetOf(answer) : pauseAfter(attempt);
    await wait(milliseconds + Math.round(random() * JITTER_MILLISECONDS), request.signal);
  }
}

async function sendOnce(
  { method, url, headers, body, signal }: Outgoing,
  { timeoutSeconds = 30 }: SendingOptions,
): Promise<{ answer?: Incoming; reason: string }> {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { answer: { status: response.status, headers: response.headers, bytes }, reason: `HTTP ${response.status}` };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { reason: timeout.aborted ? `nothing came within ${timeoutSeconds} s` : reasonOf(error) };
  }
}

function pauseAfter(attempt: number): number {
  return Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1), LONGEST_WAIT_MILLISECONDS);
}

/** For how long the server sends us away. */
function resetOf({ headers }: Incoming): number {
  const seconds = Number(headers.get("x-ratelimit-reset") ?? headers.get("retry-after"));
  if (!Number.isFinite(seconds) || seconds <= 0) return FIRST_WAIT_MILLISECONDS;
  return Math.min(Math.ceil(seconds * 1000), LONGEST_RESET_MILLISECONDS);
}

/** Why a connection broke. What `fetch` itself says of it is no more than that it failed. */
function reasonOf(error: unknown): string {
  const { message, cause } = objectOf(error);
  const { code, message: inner } = objectOf(cause);
  return stringOf(code) ?? stringOf(inner) ?? stringOf(message) ?? "the connection broke";
}

async function waitFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal });
}

/** A body as JSON. */
export function jsonOf({ bytes, status }: Incoming, host: string): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new CloudError(`${host} answers with something that is no JSON`, status, {
      tryThis: `check that ${host} is Terraform Cloud or Terraform Enterprise`,
    });
  }
}
