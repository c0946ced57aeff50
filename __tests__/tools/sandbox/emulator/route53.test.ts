import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";
import { EmulatorCalls } from "../../../support/emulator-calls";

const ZONES = "/2013-04-01/hostedzone";
const NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await startTestEmulator();
}, 60_000);

afterAll(() => stopTestEmulator(emulator), 60_000);

const send = (method: string, path: string, body?: string) =>
  new EmulatorCalls(emulator.url, "route53").send({ method, path, body, region: "us-east-1" });

const change = (action: "CREATE" | "DELETE") => `<?xml version="1.0"?>
  <ChangeResourceRecordSetsRequest xmlns="${NAMESPACE}"><ChangeBatch><Changes><Change>
    <Action>${action}</Action>
    <ResourceRecordSet>
      <Name>api.example.com</Name><Type>A</Type><TTL>60</TTL>
      <ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>
    </ResourceRecordSet>
  </Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;

describe("a hosted zone that was there before", () => {
  const zone = `${ZONES}/Z0123456789ABCDEFGHIJ`;

  test("takes records of any name, and gives them up again", async () => {
    expect(await send("GET", zone)).toMatchObject({ status: 200, text: expect.stringContaining("<Name>.</Name>") });
    expect(await send("POST", `${zone}/rrset`, change("CREATE"))).toMatchObject({ status: 200 });
    const listed = async () => (await send("GET", `${zone}/rrset`)).text;
    expect(await listed()).toContain("<Name>api.example.com.</Name>");
    expect(await send("POST", `${zone}/rrset`, change("DELETE"))).toMatchObject({ status: 200 });
    expect(await listed()).not.toContain("api.example.com");
  });

  test("has an id as zones have", async () => {
    expect(await send("GET", `${ZONES}/nonsense`)).toMatchObject({
      status: 404,
      text: expect.stringContaining("NoSuchHostedZone"),
    });
  });
});

test("a hosted zone that was deleted is gone", async () => {
  const { text } = await send(
    "POST",
    ZONES,
    `<CreateHostedZoneRequest xmlns="${NAMESPACE}"><Name>example.org</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>`,
  );
  const id = /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(text)?.[1] ?? "";
  expect((await send("GET", `${ZONES}/${id}`)).text).toContain("<Name>example.org.</Name>");
  expect(await send("DELETE", `${ZONES}/${id}`)).toMatchObject({ status: 200 });
  expect(await send("GET", `${ZONES}/${id}`)).toMatchObject({ status: 404 });
});
