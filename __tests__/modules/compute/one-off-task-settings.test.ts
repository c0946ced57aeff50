import {
  oneOffTaskProblems,
  type OneOffTaskSettings,
  runTaskCommand,
} from "../../../modules/compute/one-off-task-settings";

const image = { repository: "api", tag: "1.0.0" };
const found = (settings: Partial<OneOffTaskSettings>) =>
  oneOffTaskProblems({ image, ...settings }).filter((problem) => problem !== undefined);

describe("oneOffTaskProblems", () => {
  test.each<Partial<OneOffTaskSettings>>([
    {},
    { cpuUnits: undefined, memoryMiB: undefined, user: undefined, logRetentionDays: undefined },
    { cpuUnits: 16_384, memoryMiB: 122_880, architecture: "arm64", user: "node" },
    { command: ["npm", "run", "migrate"], environment: { STEP: "1" }, secrets: { KEY: { from: "database" } } },
    { ephemeralStorageGiB: 21 },
    { ephemeralStorageGiB: 200, logRetentionDays: 14 },
    { writablePaths: ["/tmp", "/work"], writableMiB: 128 },
  ])("pass %j", (settings) => {
    expect(found(settings)).toEqual([]);
  });

  test.each<[Partial<OneOffTaskSettings>, string]>([
    [
      { memoryMiB: 256 },
      "memoryMiB must be 512, 1024 or 2048 with cpuUnits 256, got 256; the nearest legal pair is cpuUnits 256 with memoryMiB 512",
    ],
    [{ architecture: "arm" as "arm64" }, 'architecture must be one of x86_64, arm64, got "arm"'],
    [{ command: [] }, "command must be at least one argument, got []"],
    [{ user: "root" }, 'user must not be root, got "root"; give the image a user of its own'],
    [
      { environment: { DATABASE_PASSWORD: "x" } },
      "environment.DATABASE_PASSWORD must not be a secret, got a name that reads like one; move it to secrets",
    ],
    [
      { writablePaths: ["/tmp", "/work"], writableMiB: 129 },
      "writableMiB of all writablePaths together must be at most half of memoryMiB (512), got 258",
    ],
    [{ ephemeralStorageGiB: 20 }, "ephemeralStorageGiB must be a whole number from 21 to 200, got 20"],
    [{ ephemeralStorageGiB: 201 }, "ephemeralStorageGiB must be a whole number from 21 to 200, got 201"],
  ])("fail on %j", (settings, message) => {
    expect(found(settings)).toEqual([message]);
  });

  test("fail on a retention CloudWatch does not know", () => {
    expect(found({ logRetentionDays: 2 })).toEqual([expect.stringMatching(/^logRetentionDays must be one of 1, 3, /)]);
  });
});

describe("runTaskCommand", () => {
  const target = {
    region: "eu-west-3",
    clusterName: "acme-test",
    family: "acme-test-migrate-once",
    subnetIds: ["subnet-a", "subnet-b"],
    securityGroupId: "sg-1",
    assignPublicIp: false,
  };

  test("starts the newest revision in the private subnets and prints the task", () => {
    expect(runTaskCommand(target)).toBe(
      "aws ecs run-task --region eu-west-3 --cluster acme-test --task-definition acme-test-migrate-once " +
        "--launch-type FARGATE --network-configuration " +
        "'awsvpcConfiguration={subnets=[subnet-a,subnet-b],securityGroups=[sg-1],assignPublicIp=DISABLED}' " +
        "--query 'tasks[0].taskArn' --output text",
    );
  });

  test("gives a public address where there is no NAT", () => {
    expect(runTaskCommand({ ...target, assignPublicIp: true })).toContain(",assignPublicIp=ENABLED}'");
  });
});
