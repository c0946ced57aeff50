import {
  generatedSecretProblems,
  type GeneratedSecretSettings,
} from "../../../modules/secrets/generated-secret-settings";

const problems = (settings: GeneratedSecretSettings) =>
  generatedSecretProblems(settings).filter((problem) => problem !== undefined);

describe("generatedSecretProblems", () => {
  test.each<GeneratedSecretSettings>([
    {},
    { kind: "generated", length: 16, punctuation: true, version: 1 },
    { length: 4096, version: 1_000_000 },
    { kind: "manual" },
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[GeneratedSecretSettings, string]>([
    [{ length: 15 }, "length must be a whole number from 16 to 4096, got 15"],
    [{ length: 4097 }, "length must be a whole number from 16 to 4096, got 4097"],
    [{ version: 0 }, "version must be a whole number from 1 to 1000000, got 0"],
    [{ version: 1.5 }, "version must be a whole number from 1 to 1000000, got 1.5"],
    [{ kind: "manual", length: 20 }, 'length must be left out with kind "manual", whose value a person makes, got 20'],
    [
      { kind: "manual", punctuation: false },
      'punctuation must be left out with kind "manual", whose value a person makes, got false',
    ],
    [{ kind: "manual", version: 2 }, 'version must be left out with kind "manual", whose value a person makes, got 2'],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("fails on a kind the types would not let through", () => {
    expect(problems(JSON.parse('{"kind":"other"}') as GeneratedSecretSettings)).toEqual([
      'kind must be one of generated, manual, got "other"',
    ]);
  });
});
