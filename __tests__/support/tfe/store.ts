import type {
  Caller,
  Checks,
  ConfigurationVersion,
  Organization,
  Project,
  Run,
  StateVersion,
  Workspace,
} from "./model";

/** What the emulator knows. Ids are counted up, so that the same test makes the same ids. */
export class Store {
  /** Where archives, logs and states are, known once the server listens. */
  blobUrl = "";
  readonly organizations = new Map<string, Organization>();
  readonly workspaces = new Map<string, Workspace>();
  readonly configurationVersions = new Map<string, ConfigurationVersion>();
  readonly runs = new Map<string, Run>();
  readonly callers = new Map<string, Caller>();
  private readonly counters = new Map<string, number>();

  /** A new id, such as `run-000000000000001A`. */
  id(kind: string): string {
    const next = (this.counters.get(kind) ?? 0) + 1;
    this.counters.set(kind, next);
    return `${kind}-${String(next).padStart(16, "0")}`;
  }

  addOrganization(name: string, entitlements: Readonly<Record<string, boolean>> = {}): Organization {
    const organization = {
      name,
      entitlements: {
        operations: true,
        "state-storage": true,
        "cost-estimation": true,
        sentinel: true,
        ...entitlements,
      },
      projects: [{ id: this.id("prj"), name: "Default Project" }],
    };
    this.organizations.set(name, organization);
    return organization;
  }

  addProject(organization: string, name: string): Project {
    const project = { id: this.id("prj"), name };
    this.organizations.get(organization)?.projects.push(project);
    return project;
  }

  /** Makes a workspace; `settings` says what differs from one that this project's `platform` stack makes. */
  addWorkspace(organization: string, name: string, settings: Partial<Workspace> = {}): Workspace {
    const projects = this.organizations.get(organization)?.projects ?? [];
    const checks: Checks = {};
    const workspace: Workspace = {
      id: this.id("ws"),
      name,
      organization,
      projectId: projects[0]?.id ?? "",
      executionMode: "remote",
      autoApply: false,
      terraformVersion: "1.11.4",
      workingDirectory: "",
      structured: true,
      globalRemoteState: false,
      vcs: undefined,
      lock: undefined,
      currentRun: undefined,
      latestRun: undefined,
      consumers: new Set(),
      tags: new Map(),
      variables: new Map(),
      checks,
      states: [],
      ...settings,
    };
    this.workspaces.set(workspace.id, workspace);
    return workspace;
  }

  addCaller(caller: Caller): Caller {
    this.callers.set(caller.token, caller);
    return caller;
  }

  workspaceNamed(organization: string, name: string): Workspace | undefined {
    return [...this.workspaces.values()].find((one) => one.organization === organization && one.name === name);
  }

  /** Runs of a workspace, oldest first. */
  runsOf(workspace: string): Run[] {
    return [...this.runs.values()].filter((run) => run.workspace === workspace);
  }

  state(id: string): StateVersion | undefined {
    return [...this.workspaces.values()].flatMap(({ states }) => states).find((one) => one.id === id);
  }

  runOfPlan(id: string): Run | undefined {
    return [...this.runs.values()].find(({ plan }) => plan.id === id);
  }

  runOfApply(id: string): Run | undefined {
    return [...this.runs.values()].find(({ apply }) => apply.id === id);
  }

  runWhere(matches: (run: Run) => boolean): Run | undefined {
    return [...this.runs.values()].find(matches);
  }
}
