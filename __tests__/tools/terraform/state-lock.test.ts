import { hintFor } from "../../../tools/terraform/problem";
import { stateLockIn } from "../../../tools/terraform/state-lock";

const detail = (
  path: string,
) => `operation error S3: PutObject, https response error StatusCode: 412, PreconditionFailed
Lock Info:
  ID:        b2a0c0a4-0b1f-4c58-8f6e-111111111111
  Path:      ${path}
  Operation: OperationTypeApply
  Who:       ci@runner
  Version:   1.11.4
  Created:   2026-11-26 10:00:00.000 +0000 UTC
  Info:

Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.`;
const summary = "Error acquiring the state lock";
const held =
  "It is held by ci@runner since 2026-11-26 10:00:00.000 +0000 UTC, for OperationTypeApply, lock b2a0c0a4-0b1f-4c58-8f6e-111111111111. Wait until that is done.";

describe("stateLockIn", () => {
  test("finds who holds the lock", () => {
    expect(stateLockIn({ summary, detail: detail("bucket/prod/app.tfstate") })).toEqual({
      id: "b2a0c0a4-0b1f-4c58-8f6e-111111111111",
      who: "ci@runner",
      since: "2026-11-26 10:00:00.000 +0000 UTC",
      operation: "OperationTypeApply",
      path: "bucket/prod/app.tfstate",
    });
  });

  test("is undefined where there is no lock, or Terraform does not tell", () => {
    expect(stateLockIn({ summary: "Error", detail: detail("x") })).toBeUndefined();
    expect(stateLockIn({ summary, detail: "resource temporarily unavailable" })).toBeUndefined();
  });
});

describe("the hint", () => {
  test("says how to take a lock away that outlived its holder, in a bucket only", () => {
    expect(hintFor({ summary, detail: detail("bucket/prod/app.tfstate") })).toBe(
      `${held} If it is certain that nothing of it runs any more: terraform force-unlock b2a0c0a4-0b1f-4c58-8f6e-111111111111, in the stack's folder below .groundplan/work.`,
    );
    expect(hintFor({ summary, detail: detail("../../../.groundplan/state/app.tfstate") })).toBe(
      `${held} The lock goes when that Terraform ends.`,
    );
  });
});
