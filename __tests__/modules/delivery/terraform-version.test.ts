import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORM_VERSION } from "../../../modules/delivery/terraform-version";

const root = join(__dirname, "..", "..", "..");

/** Versions of Terraform that a text installs. */
const installed = (text: string): string[] =>
  [...text.matchAll(/\bterraform_version:\s*["']?([\d.]+)/g)].map(([, version = ""]) => version);

describe("TERRAFORM_VERSION", () => {
  const texts = [".github", "docs"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(ya?ml|md)$/.test(path))
      .map((path) => readFileSync(join(root, folder, path), "utf8")),
  );

  test("is the one that the workflows install, in each of them", () => {
    const found = texts.flatMap(installed);
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found)]).toEqual([TERRAFORM_VERSION]);
  });

  test("is exact, and knows write-only values", () => {
    expect(TERRAFORM_VERSION).toMatch(/^1\.(1[1-9]|[2-9]\d)\.\d+$/);
  });

  test("is found where a workflow says it", () => {
    expect(installed("with:\n  terraform_version: 1.11.4\n  terraform_wrapper: false")).toEqual(["1.11.4"]);
    expect(installed('terraform_version: "1.12.0"')).toEqual(["1.12.0"]);
  });
});
