import type { Diagnostic } from "../../../tools/terraform/events";
import { hintFor, isProviderMissing, problemsOf } from "../../../tools/terraform/problem";

const REGISTRY =
  "The provider registry cannot be reached. Connect to the network, or put the provider into a folder and name that in TF_PLUGIN_MIRROR.";
const error = (summary: string, detail = "", address?: string): Diagnostic => ({
  severity: "error",
  summary,
  detail,
  address,
});

describe("hintFor", () => {
  test.each([
    ["Failed to save state", "write terraform.tfstate: no space left on device", /^The disk is full\./],
    [
      "Failed to query available provider packages",
      "could not connect to registry.terraform.io: failed to request discovery document: dial tcp: no such host",
      REGISTRY,
    ],
    [
      "Failed to query available provider packages",
      "provider registry.terraform.io/hashicorp/aws was not found in any of the search locations\n\n  - /mirror",
      /^The provider is in none of the places Terraform looks\./,
    ],
    [
      "Failed to install provider",
      "the local package for aws 5.100.0 doesn't match any of the checksums previously recorded in the dependency lock file",
      /^The provider at hand is another build/,
    ],
    ["Error acquiring the state lock", "Lock Info: ...", /^Another Terraform holds this stack's state\./],
    [
      "creating VPC",
      "Post http://127.0.0.1:4566/: dial tcp 127.0.0.1:4566: connect: connection refused",
      "The emulator is not running. Start it with: npm run sandbox up",
    ],
    ["Unable to find remote state", "No stored state was found", /^The stack reads another stack's state/],
    ["Saved plan is stale", "", "The state has changed since the plan was made. Plan again."],
    ["Instance cannot be destroyed", "Resource x has lifecycle.prevent_destroy set", /npm run sandbox down$/],
    ["Unsupported state file format", "", /^The state file is damaged\./],
    [
      "creating X",
      "api error NotImplemented: groundplan's emulator: ecs.Foo is not implemented",
      /^The local emulator does not know this AWS action/,
    ],
    [
      "creating X",
      "api error InternalFailure: groundplan's emulator: ecs.Foo failed with KeyError: 'a'",
      /^This is a fault of the local emulator/,
    ],
    ["No valid credential sources found", "", /^No AWS credentials were found\./],
  ])("knows what to do about %s: %s", (summary, detail, expected) => {
    const hint = hintFor({ summary, detail });
    if (typeof expected === "string") expect(hint).toBe(expected);
    else expect(hint).toMatch(expected);
  });

  test("leaves an error of the configuration to Terraform's own words", () => {
    expect(hintFor(error("Invalid value for variable", "must be 1 or 2"))).toBeUndefined();
  });
});

describe("problemsOf", () => {
  test("names the stack, drops warnings and repetitions, keeps the same error of another resource", () => {
    const warning: Diagnostic = { severity: "warning", summary: "Deprecated", detail: "" };
    const found = problemsOf("network", [
      warning,
      error("No", "x", "a.b"),
      error("No", "x", "a.b"),
      error("No", "x", "a.c"),
    ]);
    expect(found).toEqual([
      { stack: "network", severity: "error", summary: "No", detail: "x", address: "a.b", hint: undefined },
      { stack: "network", severity: "error", summary: "No", detail: "x", address: "a.c", hint: undefined },
    ]);
  });

  test.each([
    "execution halted",
    "operation canceled",
    "waiting for load balancer: context canceled",
    "Terraform encountered problems during initialisation, including problems",
  ])("drops %s", (summary) => {
    expect(problemsOf("network", [error(summary)])).toEqual([]);
  });
});

describe("isProviderMissing", () => {
  test("tells a provider that cannot be had from any other error", () => {
    expect(isProviderMissing([error("x", "could not connect to registry.terraform.io")])).toBe(true);
    expect(isProviderMissing([error("x", "was not found in any of the search locations")])).toBe(true);
    expect(isProviderMissing([error("Error acquiring the state lock")])).toBe(false);
  });
});
