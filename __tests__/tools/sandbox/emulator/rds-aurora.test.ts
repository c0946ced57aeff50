import {
  CreateDBClusterCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";

let emulator: TestEmulator;
let rds: RDSClient;

beforeAll(async () => {
  emulator = await startTestEmulator();
  rds = new RDSClient({
    endpoint: emulator.url,
    region: "eu-west-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

const create = (DBClusterIdentifier: string, StorageType: string | undefined) =>
  rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier,
      Engine: "aurora-postgresql",
      EngineVersion: "15",
      MasterUsername: "postgres",
      ManageMasterUserPassword: true,
      StorageType,
    }),
  );

const storageType = async (DBClusterIdentifier: string) => {
  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
  return DBClusters.map((cluster) => cluster.StorageType);
};

test.each([
  ["standard", "aurora", undefined],
  ["unsaid", undefined, undefined],
  ["optimized", "aurora-iopt1", "aurora-iopt1"],
])("a cluster of Aurora tells its storage type unless it is the standard one: %s", async (name, asked, told) => {
  await create(name, asked);
  expect(await storageType(name)).toEqual([told]);
});

test("its storage changes there and back", async () => {
  await create("changing", "aurora");
  for (const [StorageType, told] of [
    ["aurora-iopt1", "aurora-iopt1"],
    ["aurora", undefined],
  ] as const) {
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: "changing", StorageType }));
    expect(await storageType("changing")).toEqual([told]);
  }
});
