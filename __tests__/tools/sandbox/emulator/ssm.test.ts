import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";
import { EmulatorCalls } from "../../../support/emulator-calls";

let emulator: TestEmulator;
let ssm: EmulatorCalls;

beforeAll(async () => {
  emulator = await startTestEmulator();
  ssm = new EmulatorCalls(emulator.url, "ssm", "AmazonSSM");
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

describe("an association", () => {
  const request = {
    Name: "deploy",
    AssociationName: "in-service",
    DocumentVersion: "1",
    Parameters: { tag: ["v1"] },
    Targets: [{ Key: "InstanceIds", Values: ["i-1"] }],
    ScheduleExpression: "rate(30 minutes)",
    ComplianceSeverity: "HIGH",
  };
  let AssociationId: string;
  const describeIt = () => ssm.action("DescribeAssociation", { AssociationId });

  test("keeps what it was asked for, and has succeeded", async () => {
    const { AssociationDescription } = (await ssm.action("CreateAssociation", {
      ...request,
      Tags: [{ Key: "a", Value: "1" }],
    })) as { AssociationDescription: { AssociationId: string } };
    ({ AssociationId } = AssociationDescription);
    expect(await describeIt()).toEqual({
      AssociationDescription: {
        ...request,
        AssociationId,
        AssociationVersion: "1",
        ApplyOnlyAtCronInterval: false,
        Date: expect.any(Number),
        LastUpdateAssociationDate: expect.any(Number),
        Overview: { Status: "Success" },
        Status: { Date: expect.any(Number), Name: "Success", Message: "The emulator runs nothing." },
      },
    });
  });

  test("loses what an update leaves out", async () => {
    await ssm.action("UpdateAssociation", { AssociationId, Targets: request.Targets, AssociationVersion: "1" });
    const { AssociationDescription } = (await describeIt()) as { AssociationDescription: object };
    expect(AssociationDescription).toMatchObject({
      Name: "deploy",
      AssociationVersion: "2",
      DocumentVersion: "$DEFAULT",
      Targets: request.Targets,
    });
    expect(AssociationDescription).not.toHaveProperty("ScheduleExpression");
  });

  test("has tags", async () => {
    const resource = { ResourceType: "Association", ResourceId: AssociationId };
    await ssm.action("AddTagsToResource", { ...resource, Tags: [{ Key: "b", Value: "2" }] });
    await ssm.action("RemoveTagsFromResource", { ...resource, TagKeys: ["a"] });
    expect(await ssm.action("ListTagsForResource", resource)).toEqual({ TagList: [{ Key: "b", Value: "2" }] });
  });

  test("is listed", async () => {
    expect(await ssm.action("ListAssociations", {})).toEqual({
      Associations: [
        {
          Name: "deploy",
          AssociationId,
          AssociationVersion: "2",
          DocumentVersion: "$DEFAULT",
          Targets: request.Targets,
          Overview: { Status: "Success" },
        },
      ],
    });
  });

  test("is gone once it is deleted", async () => {
    await ssm.action("DeleteAssociation", { AssociationId });
    await expect(describeIt()).rejects.toThrow("AssociationDoesNotExist");
    await expect(ssm.action("DeleteAssociation", { AssociationId })).rejects.toThrow("AssociationDoesNotExist");
  });
});

test("the tags of a parameter stay moto's", async () => {
  const resource = { ResourceType: "Parameter", ResourceId: "/app/url" };
  await ssm.action("PutParameter", {
    Name: "/app/url",
    Type: "String",
    Value: "x",
    Tags: [{ Key: "a", Value: "1" }],
  });
  expect(await ssm.action("ListTagsForResource", resource)).toEqual({ TagList: [{ Key: "a", Value: "1" }] });
});
