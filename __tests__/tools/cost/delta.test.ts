import { costDelta } from "../../../tools/cost/delta";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();
const secrets = (...names: readonly string[]) =>
  awsStacks(folder, {
    "prod-data": { aws_secretsmanager_secret: Object.fromEntries(names.map((name) => [name, {}])) },
  });

describe("costDelta", () => {
  test("has the sum after the change, and no difference where nothing is known of before", () => {
    expect(costDelta(undefined, secrets("a", "b"))).toEqual({ after: 0.8, unpriced: 2, lines: [] });
  });

  test("has a line for everything that gets dearer or cheaper, and none for what stays", () => {
    expect(costDelta(secrets("gone", "stays"), secrets("stays", "new"))).toEqual({
      before: 0.8,
      after: 0.8,
      unpriced: 2,
      lines: [
        { stack: "prod-data", address: "aws_secretsmanager_secret.gone", text: "secret: $0.40 → $0.00" },
        { stack: "prod-data", address: "aws_secretsmanager_secret.new", text: "secret: $0.00 → $0.40" },
      ],
    });
  });

  test("counts what has no price, and what nothing is known of", () => {
    const stacks = awsStacks(
      folder,
      { "prod-data": { aws_kms_key: { k: {} }, aws_made_up: { m: {} } } },
      { region: "eu-west-3" },
    );
    expect(costDelta([], stacks)).toEqual({ before: 0, after: 0, unpriced: 3, lines: [] });
  });
});
