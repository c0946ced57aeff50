/** A request as it was answered. */
export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** Who called; undefined where no token was sent or none is known. */
  readonly caller: string | undefined;
}

/** Everything that was asked of the emulator. */
export class Calls {
  readonly all: Call[] = [];
  /** Addresses that are open to whoever knows them, but were sent a token: whoever reads their logs has it now. */
  readonly leaks: string[] = [];

  to(method: string, path: RegExp): Call[] {
    return this.all.filter((call) => call.method === method && path.test(call.path));
  }

  /** Attempts to override a policy or a task. */
  get overrides(): Call[] {
    return this.to("POST", /\/actions\/override$/);
  }

  /** Attempts to cancel a run. */
  get cancels(): Call[] {
    return this.to("POST", /\/actions\/(force-)?cancel$/);
  }

  get discards(): Call[] {
    return this.to("POST", /\/actions\/discard$/);
  }

  get confirmations(): Call[] {
    return this.to("POST", /\/runs\/[^/]+\/actions\/apply$/);
  }

  get madeWorkspaces(): Call[] {
    return this.to("POST", /\/organizations\/[^/]+\/workspaces$/);
  }
}
