import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { estimate, estimateSystem, isKnown } from "../../../tools/cost/estimate";
import { FREE } from "../../../tools/cost/free";
import { RULES } from "../../../tools/cost/rules";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();
const root = join(__dirname, "..", "..", "..");
const secret = { aws_secretsmanager_secret: { "cache.secret": {} } };

describe("estimate", () => {
  test("says where each line comes from and with which price", () => {
    const { lines, usdPerMonth } = estimate(awsStacks(folder, { "prod-data": secret }));
    expect(lines[0]).toEqual({
      stack: "prod-data",
      path: "cache/secret",
      address: "aws_secretsmanager_secret.cache_secret",
      region: "us-east-1",
      what: "secret",
      item: "Secrets Manager secret",
      unit: "month",
      factors: [{ value: 1, unit: "" }],
      quantity: 1,
      price: expect.objectContaining({ usd: 0.4, region: "us-east-1", source: "infracost golden" }),
      usdPerMonth: 0.4,
    });
    expect(usdPerMonth).toBe(0.4);
  });

  test("leaves out of the sum what has no price, and what depends on usage", () => {
    const stacks = awsStacks(folder, { "prod-data": { ...secret, aws_kms_key: { k: {} } } }, { region: "eu-west-3" });
    expect(estimate(stacks).lines.map(({ what, usdPerMonth }) => [what, usdPerMonth])).toEqual([
      ["secret", 0.4],
      ["secrets read", "depends on usage"],
      ["KMS key", "not in the price data"],
      ["uses of the key", "depends on usage"],
    ]);
    expect(estimate(stacks).usdPerMonth).toBe(0.4);
  });

  test("takes no price from another region", () => {
    const stacks = awsStacks(folder, { "prod-data": secret }, { region: "sa-east-1" });
    expect(estimate(stacks).lines[0]).toMatchObject({ region: "sa-east-1", usdPerMonth: "not in the price data" });
  });

  test("names the types it does not know", () => {
    const stacks = awsStacks(folder, { "prod-data": { aws_redshift_cluster: { r: {} }, aws_iam_role: { r: {} } } });
    expect(estimate(stacks)).toEqual({
      lines: [],
      usdPerMonth: 0,
      usdPerMonthAtMost: 0,
      unknownTypes: ["aws_redshift_cluster"],
    });
  });
});

describe("estimateSystem", () => {
  test("has one estimate per environment, and one for what they share, last", () => {
    awsStacks(folder, { shared: secret, "prod-data": secret, "prod-edge": {}, "staging-data": secret });
    const estimates = estimateSystem(join(folder, "shared+prod-data+prod-edge+staging-data"));
    expect(estimates.map(({ name, stacks, estimate: { usdPerMonth } }) => [name, stacks, usdPerMonth])).toEqual([
      ["prod", ["prod-data", "prod-edge"], 0.4],
      ["staging", ["staging-data"], 0.4],
      ["shared", ["shared"], 0.4],
    ]);
  });
});

describe("isKnown", () => {
  test("knows every type that the goldens hold", () => {
    const golden = join(root, "__tests__", "golden");
    const types = readdirSync(golden, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json"))
      .flatMap((path) => {
        const { resource = {} } = JSON.parse(readFileSync(join(golden, path), "utf8")) as { resource?: object };
        return Object.keys(resource);
      });
    expect(types.length).toBeGreaterThan(0);
    expect([...new Set(types)].filter((type) => !isKnown(type))).toEqual([]);
  });

  test("knows every type that a module imports or declares", () => {
    const files = readdirSync(join(root, "modules"), { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    );
    const texts = files.map((path) => readFileSync(join(root, "modules", path), "utf8"));
    const declared = texts.flatMap((text) =>
      [...text.matchAll(/terraformResourceType: "(\w+_\w+)"/g)].map(([, type]) => type ?? ""),
    );
    const imported = texts.flatMap((text) => [
      ...text.matchAll(/"@cdktf\/(provider-\w+\/lib\/(?!data-|provider")[\w-]+)"/g),
    ]);
    const types = [...new Set(imported.map(([, path]) => path ?? ""))].map((path) => {
      const source = readFileSync(join(root, "node_modules", "@cdktf", path, "index.js"), "utf8");
      return /tfResourceType = "(\w+)"/.exec(source)?.[1] ?? path;
    });
    expect(types.length).toBeGreaterThan(50);
    expect([...types, ...declared].filter((type) => !isKnown(type))).toEqual([]);
  });

  test("calls nothing free that has a price", () => {
    const free = FREE.flatMap(({ types }) => types).filter((type) => !type.endsWith("*"));
    const priced = new Set(RULES.flatMap(({ types }) => types));
    expect(free.filter((type) => priced.has(type))).toEqual([]);
    expect(new Set(free).size).toBe(free.length);
  });
});
