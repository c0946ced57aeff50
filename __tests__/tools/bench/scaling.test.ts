import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { perEnvironment, scalingProgram, scalingRounds } from "../../../tools/bench/scaling";

describe("scalingProgram", () => {
  const root = join(__dirname, "../../..");
  const folder = mkdtempSync(join(tmpdir(), "groundplan-scaling-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("synthesizes as many environments as it says, with this project's stacks", () => {
    const [source, bundle] = [join(folder, "scaling.ts"), join(folder, "scaling.cjs")];
    writeFileSync(source, scalingProgram(root, { few: 1, many: 3 }));
    execFileSync(
      join(root, "node_modules/.bin/esbuild"),
      [source, "--bundle", "--platform=node", `--outfile=${bundle}`],
      {
        env: { ...process.env, NODE_PATH: join(root, "node_modules") },
        stdio: "pipe",
      },
    );
    const [round, ...others] = scalingRounds(
      execFileSync(process.execPath, [bundle, join(folder, "out"), "1", "0"], { encoding: "utf8" }),
    );
    expect(others).toEqual([]);
    expect(round).toEqual({ none: expect.any(Number), few: expect.any(Number), many: expect.any(Number) });
    expect(existsSync(join(folder, "out/stacks/env-2-network/cdk.tf.json"))).toBe(true);
    expect(existsSync(join(folder, "out/stacks/env-3-network"))).toBe(false);
  });
});

describe("perEnvironment", () => {
  test("is 1 for a synth that takes the same time for every environment, whatever the constant part", () => {
    const linear = (constant: number) => ({ none: constant, few: constant + 2 * 5, many: constant + 40 * 5 });
    expect(perEnvironment([linear(10), linear(30), linear(20)])).toEqual({ few: 5, many: 5, ratio: 1 });
  });

  test("grows with a synth that compares every environment with every other", () => {
    const { ratio } = perEnvironment([{ none: 0, few: 2 * 2, many: 40 * 40 }]);
    expect(ratio).toBe(20);
  });
});

describe("scalingRounds", () => {
  test("reads what the program prints; a missing number is none", () => {
    expect(scalingRounds('[{"none":1,"few":2,"many":3},{"none":1}]')).toEqual([
      { none: 1, few: 2, many: 3 },
      { none: 1, few: NaN, many: NaN },
    ]);
  });
});
