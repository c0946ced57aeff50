import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systems } from "../../envs";
import { readStacks, type Stack } from "../../tools/plan/stack";
import { deploy, deployable, type Deployment } from "../../tools/sandbox/deploy";
import { destroy, type Destruction } from "../../tools/sandbox/destroy";
import { type DeploymentPaths, deploymentPaths, sandboxPaths, stateFile } from "../../tools/sandbox/paths";
import { planAgain, type SecondPlan } from "../../tools/sandbox/second-plan";
import { Children } from "../../tools/terraform/children";
import { emulatorEnvironment } from "../../tools/terraform/environment";
import { setUpTerraform } from "../../tools/terraform/setup";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "./emulator";
import { noteTried, updatesRecord } from "./trials";
import { synthInto } from "./system";

const MINUTES = 60_000;
const ACCOUNT = "123456789012";

/** One environment of a system in an emulator of its own, from the deployment to the destruction. */
export class DeployedSystem {
  private readonly folder = mkdtempSync(join(tmpdir(), "groundplan-system-"));
  private readonly paths: DeploymentPaths;
  private readonly children = new Children();
  private emulator: TestEmulator | undefined;

  constructor(
    readonly system: string,
    readonly environment: string,
  ) {
    this.paths = deploymentPaths(sandboxPaths(this.folder), system, environment);
  }

  /** Where the emulator answers; facts are asked for there, by AWS's own SDK. */
  client(region: string) {
    return { endpoint: this.url, region, credentials: { accessKeyId: "x", secretAccessKey: "x" } };
  }

  /** Stacks that can be deployed locally. */
  get stacks(): Stack[] {
    return deployable(readStacks(this.paths.outdir));
  }

  async start(): Promise<void> {
    const system = systems[this.system];
    if (system === undefined) throw new Error(`${this.system} must be a system`);
    const environments = system.environments.filter(({ name }) => name === this.environment);
    synthInto(this.paths.outdir, { system, environments, stateOverride: { kind: "local" }, destroyable: true });
    this.emulator = await startTestEmulator();
  }

  async deploy(): Promise<Deployment> {
    const stacks = readStacks(this.paths.outdir);
    return deploy({
      ...(await this.setup()),
      stacks,
      paths: this.paths,
      accountId: ACCOUNT,
      onActivity: () => undefined,
    });
  }

  async planAgain(): Promise<SecondPlan[]> {
    return planAgain({ ...(await this.setup()), stacks: this.stacks, onActivity: () => undefined });
  }

  async destroy(): Promise<Destruction> {
    const stacks = readStacks(this.paths.outdir);
    return destroy({
      ...(await this.setup()),
      stacks,
      paths: this.paths,
      accountId: ACCOUNT,
      onActivity: () => undefined,
    });
  }

  /** The state of a stack, as text. */
  state(stack: string): string {
    return readFileSync(stateFile(this.paths, stack), "utf8");
  }

  async stop(): Promise<void> {
    if (this.emulator !== undefined) await stopTestEmulator(this.emulator);
    rmSync(this.folder, { recursive: true });
  }

  private get url(): string {
    if (this.emulator === undefined) throw new Error("the emulator must be started first");
    return this.emulator.url;
  }

  private async setup() {
    const { children, folder, url } = this;
    const needs = [{ source: "hashicorp/aws", version: "5.100.0" }];
    const setup = await setUpTerraform({ children, environment: process.env, folder, needs });
    return { terraform: setup.terraform, environment: emulatorEnvironment(setup.environment, url) };
  }
}

/**
 * The life of an environment in the emulator: it deploys, a second plan is empty, `facts` hold, no state keeps a secret, and it is destroyed
 * with nothing left. `facts` declares its tests; they run between the second plan and the destruction.
 */
export function describeDeployment(
  system: string,
  environment: string,
  facts: (deployed: DeployedSystem) => void,
): void {
  const deployed = new DeployedSystem(system, environment);
  const passed: string[] = [];

  describe(`${environment} of system ${system}, in the emulator`, () => {
    beforeAll(() => deployed.start(), MINUTES);
    afterAll(() => deployed.stop(), MINUTES);

    test(
      "deploys",
      async () => {
        const { outcomes } = await deployed.deploy();
        const failed = outcomes
          .filter(({ fate }) => fate !== "done")
          .map(({ stack, fate, problems }) => ({ stack, fate, problems }));
        expect({ failed, done: outcomes.length }).toEqual({ failed: [], done: deployed.stacks.length });
        passed.push("deployed");
      },
      20 * MINUTES,
    );

    test(
      "has an empty second plan",
      async () => {
        const plans = await deployed.planAgain();
        expect(plans.filter(({ changes, problems }) => changes.length + problems.length > 0)).toEqual([]);
        expect(plans.map(({ stack }) => stack)).toEqual(deployed.stacks.map(({ name }) => name));
        passed.push("steady");
      },
      10 * MINUTES,
    );

    facts(deployed);

    test("keeps no secret in a state", () => {
      for (const { name } of deployed.stacks) {
        const text = deployed.state(name);
        expect(text).not.toMatch(/"(password|master_password|auth_token|secret_string)": "[^"]+"/);
        expect(text).not.toMatch(/rediss?:\/\/[^:"]*:[^@"]+@/);
      }
    });

    test(
      "is destroyed, and nothing is left",
      async () => {
        const { outcomes, remaining } = await deployed.destroy();
        expect(outcomes.filter(({ fate }) => fate !== "done")).toEqual([]);
        expect([...remaining]).toEqual([]);
        passed.push("destroyed");
      },
      20 * MINUTES,
    );

    if (updatesRecord) {
      test("is noted as deployed", () => {
        const chosen = systems[system];
        expect(passed).toEqual(["deployed", "steady", "destroyed"]);
        if (chosen) noteTried(chosen, environment, "deployed");
      });
    }
  });
}
