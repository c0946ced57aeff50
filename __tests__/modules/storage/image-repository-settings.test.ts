import fc from "fast-check";
import {
  imageLifecyclePolicy,
  imageRepositoryName,
  imageRepositoryNameProblem,
  imageRepositoryProblems,
  imageRepositoryUrl,
} from "../../../modules/storage/image-repository-settings";
import type { ImageRepositorySettings } from "../../../modules/storage/image-repository-settings";

interface Rule {
  readonly rulePriority: number;
  readonly selection: { readonly tagStatus: string; readonly tagPatternList?: string[]; readonly countNumber: number };
  readonly action: { readonly type: string };
}

const problems = (settings: ImageRepositorySettings) =>
  imageRepositoryProblems(settings, "123456789012").filter((problem) => problem !== undefined);
const rules = (settings: ImageRepositorySettings) =>
  (JSON.parse(imageLifecyclePolicy(settings)) as { rules: Rule[] }).rules;

describe("the name of a repository", () => {
  test("is the project's and its own", () => {
    expect(imageRepositoryName("acme", "api")).toBe("acme/api");
    expect(imageRepositoryUrl({ project: "acme", accountId: "123456789012", region: "eu-west-3" }, "api")).toBe(
      "123456789012.dkr.ecr.eu-west-3.amazonaws.com/acme/api",
    );
  });

  test("has at most 256 characters and no capitals", () => {
    const repository = "x".repeat(251);
    expect(imageRepositoryNameProblem("acme", repository)).toBeUndefined();
    expect(imageRepositoryNameProblem("acme", `${repository}x`)).toContain("must be at most 256 characters, got 257");
    expect(imageRepositoryNameProblem("acme", "Api")).toBe(
      `name of imageRepository must be lower-case letters, digits, hyphens and slashes, got "acme/Api"`,
    );
  });
});

describe(imageRepositoryProblems, () => {
  test.each<ImageRepositorySettings>([
    {},
    { untaggedDays: 1, keepTaggedImages: 5, releaseTagPrefix: "v", keepReleaseImages: 5 },
    { untaggedDays: 365, keepTaggedImages: 1000, releaseTagPrefix: "release-", keepReleaseImages: 1000 },
    { pullAccountIds: ["210987654321"] },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[ImageRepositorySettings, string]>([
    [{ untaggedDays: 0 }, "untaggedDays must be a whole number from 1 to 365, got 0"],
    [{ untaggedDays: 366 }, "untaggedDays must be a whole number from 1 to 365, got 366"],
    [{ keepTaggedImages: 4 }, "keepTaggedImages must be a whole number from 5 to 1000, got 4"],
    [{ keepTaggedImages: 1001 }, "keepTaggedImages must be a whole number from 5 to 1000, got 1001"],
    [{ releaseTagPrefix: "*" }, `releaseTagPrefix must be the start of an image tag, got "*"`],
    [{ releaseTagPrefix: "v", keepReleaseImages: 4 }, "keepReleaseImages must be a whole number from 5 to 1000, got 4"],
    [{ keepReleaseImages: 10 }, "keepReleaseImages must be left out without releaseTagPrefix, got 10"],
    [{ pullAccountIds: ["12345678901"] }, `pullAccountIds[0] must be 12 digits, got "12345678901"`],
    [
      { pullAccountIds: ["210987654321", "123456789012"] },
      `pullAccountIds[1] must be another account, got "123456789012"; this account pulls by its roles' policies`,
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });
});

describe(imageLifecyclePolicy, () => {
  test("keeps untagged images for 7 days and the newest 50 others, by default", () => {
    expect(JSON.parse(imageLifecyclePolicy({}))).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "images without a tag go after 7 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "the newest 50 tagged images stay",
          selection: { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: 50 },
          action: { type: "expire" },
        },
      ],
    });
  });

  test("counts releases before, and so apart from, all other images", () => {
    const found = rules({ releaseTagPrefix: "release-", keepTaggedImages: 10 });
    expect(found.map(({ selection }) => [selection.tagPatternList, selection.countNumber])).toEqual([
      [undefined, 7],
      [["release-*"], 100],
      [["*"], 10],
    ]);
  });

  test("has each priority once, in order, with the widest pattern last", () => {
    const settings = fc.record(
      {
        untaggedDays: fc.integer({ min: 1, max: 365 }),
        keepTaggedImages: fc.integer({ min: 5, max: 1000 }),
        releaseTagPrefix: fc.constantFrom("v", "release-"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(settings, (chosen) => {
        const found = rules(chosen);
        expect(found.map(({ rulePriority }) => rulePriority)).toEqual(found.map((_rule, index) => index + 1));
        expect(found.at(-1)?.selection.tagPatternList).toEqual(["*"]);
      }),
    );
  });
});
