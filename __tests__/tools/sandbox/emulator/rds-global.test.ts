import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateGlobalClusterCommand,
  DeleteDBClusterCommand,
  DeleteGlobalClusterCommand,
  DescribeGlobalClustersCommand,
  ListTagsForResourceCommand,
  ModifyGlobalClusterCommand,
  RDSClient,
  RemoveFromGlobalClusterCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-rds";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";
import { ACCOUNT, REGION } from "../../../support/emulator-calls";

const SECOND_REGION = "eu-central-1";
const engine = { Engine: "aurora-postgresql", EngineVersion: "16.6" };
const id = { GlobalClusterIdentifier: "global" };
const arnOf = (region: string, cluster: string) => `arn:aws:rds:${region}:${ACCOUNT}:cluster:${cluster}`;

let emulator: TestEmulator;
let here: RDSClient;
let there: RDSClient;

beforeAll(async () => {
  emulator = await startTestEmulator();
  const client = (region: string) =>
    new RDSClient({
      region,
      endpoint: emulator.url,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
      maxAttempts: 1,
    });
  [here, there] = [client(REGION), client(SECOND_REGION)];
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

const read = async () => (await here.send(new DescribeGlobalClustersCommand(id))).GlobalClusters?.[0];

describe("a global cluster", () => {
  test("remembers its database, its engine's lifecycle and its tags", async () => {
    const Tags = [{ Key: "a", Value: "1" }];
    await here.send(new CreateGlobalClusterCommand({ ...id, ...engine, DatabaseName: "app", Tags }));
    const ResourceName = `arn:aws:rds::${ACCOUNT}:global-cluster:global`;
    expect(await read()).toMatchObject({
      DatabaseName: "app",
      EngineLifecycleSupport: "open-source-rds-extended-support",
      GlobalClusterArn: ResourceName,
      TagList: Tags,
    });
    await here.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: "b", Value: "2" }] }));
    await here.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ["a"] }));
    const { TagList } = await here.send(new ListTagsForResourceCommand({ ResourceName }));
    expect(TagList).toEqual([{ Key: "b", Value: "2" }]);
  });

  test("is found by the clusters that join it, whatever their region", async () => {
    const member = { ...id, ...engine };
    await here.send(
      new CreateDBClusterCommand({
        ...member,
        DBClusterIdentifier: "primary",
        MasterUsername: "postgres",
        ManageMasterUserPassword: true,
      }),
    );
    await there.send(new CreateDBClusterCommand({ ...member, DBClusterIdentifier: "secondary" }));
    const Filters = [{ Name: "db-cluster-id", Values: [arnOf(SECOND_REGION, "secondary")] }];
    const { GlobalClusters: [found] = [] } = await here.send(new DescribeGlobalClustersCommand({ Filters }));
    expect(found?.GlobalClusterMembers?.map(({ DBClusterArn, IsWriter }) => [DBClusterArn, IsWriter])).toEqual([
      [arnOf(REGION, "primary"), true],
      [arnOf(SECOND_REGION, "secondary"), false],
    ]);
    const other = [{ Name: "db-cluster-id", Values: [arnOf(REGION, "other")] }];
    expect((await here.send(new DescribeGlobalClustersCommand({ Filters: other }))).GlobalClusters ?? []).toEqual([]);
  });

  test("changes its version with its members'", async () => {
    await here.send(new ModifyGlobalClusterCommand({ ...id, EngineVersion: "16.8" }));
    expect(await read()).toMatchObject({ EngineVersion: "16.8" });
  });

  test("goes when its clusters have left, by the region they are in", async () => {
    await expect(here.send(new DeleteGlobalClusterCommand(id))).rejects.toMatchObject({
      name: "InvalidGlobalClusterStateFault",
    });
    const leave = (region: string, cluster: string) => ({ ...id, DbClusterIdentifier: arnOf(region, cluster) });
    await there.send(new RemoveFromGlobalClusterCommand(leave(SECOND_REGION, "secondary")));
    await expect(there.send(new RemoveFromGlobalClusterCommand(leave(SECOND_REGION, "secondary")))).rejects.toThrow(
      "is not found in global cluster",
    );
    // One that was deleted without leaving counts no more.
    await here.send(new DeleteDBClusterCommand({ DBClusterIdentifier: "primary", SkipFinalSnapshot: true }));
    await here.send(new DeleteGlobalClusterCommand(id));
    await expect(read()).rejects.toMatchObject({ name: "GlobalClusterNotFoundFault" });
    await there.send(new DeleteDBClusterCommand({ DBClusterIdentifier: "secondary", SkipFinalSnapshot: true }));
  });

  test("is made of a cluster that exists, and is not deleted while it is protected", async () => {
    await here.send(
      new CreateDBClusterCommand({
        ...engine,
        DBClusterIdentifier: "source",
        DatabaseName: "app",
        MasterUsername: "postgres",
        ManageMasterUserPassword: true,
      }),
    );
    const SourceDBClusterIdentifier = arnOf(REGION, "source");
    await here.send(new CreateGlobalClusterCommand({ ...id, SourceDBClusterIdentifier, DeletionProtection: true }));
    expect(await read()).toMatchObject({
      ...engine,
      DatabaseName: "app",
      GlobalClusterMembers: [{ DBClusterArn: SourceDBClusterIdentifier, IsWriter: true }],
    });
    await here.send(new RemoveFromGlobalClusterCommand({ ...id, DbClusterIdentifier: SourceDBClusterIdentifier }));
    await expect(here.send(new DeleteGlobalClusterCommand(id))).rejects.toMatchObject({
      name: "InvalidGlobalClusterStateFault",
    });
    await here.send(new ModifyGlobalClusterCommand({ ...id, DeletionProtection: false }));
    await expect(here.send(new DeleteGlobalClusterCommand(id))).resolves.toBeDefined();
  });
});
