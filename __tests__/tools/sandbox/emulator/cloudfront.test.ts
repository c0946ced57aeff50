import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";
import { ACCOUNT, EmulatorCalls, type Answer } from "../../../support/emulator-calls";

const VERSION = "/2020-05-31";

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await startTestEmulator();
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

const send = (method: string, path: string, body?: string): Promise<Answer> =>
  new EmulatorCalls(emulator.url, "cloudfront").send({ method, path: VERSION + path, body, region: "us-east-1" });

/** The text of the first element of that name. */
const element = ({ text }: Answer, name: string): string =>
  new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(text)?.[1] ?? "";

/** A document without the space between its elements. */
const compact = (text: string): string => text.replace(/>\s+</g, "><").trim();

describe("a distribution", () => {
  const configuration = compact(`
    <CallerReference>site</CallerReference>
    <Aliases><Quantity>1</Quantity><Items><CNAME>www.example.com</CNAME></Items></Aliases>
    <DefaultRootObject>index.html</DefaultRootObject>
    <Origins><Quantity>1</Quantity><Items><Origin>
      <Id>files</Id>
      <DomainName>files.s3.eu-west-3.amazonaws.com</DomainName>
      <OriginAccessControlId>E2QWRUHAPOMQZL</OriginAccessControlId>
      <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig>
    </Origin></Items></Origins>
    <DefaultCacheBehavior>
      <TargetOriginId>files</TargetOriginId>
      <ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>
      <FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation>
        <FunctionARN>arn:aws:cloudfront::${ACCOUNT}:function/pages</FunctionARN>
        <EventType>viewer-request</EventType>
      </FunctionAssociation></Items></FunctionAssociations>
      <CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>
      <ResponseHeadersPolicyId>67f7725c-6f97-4210-82d7-5512b31e9d03</ResponseHeadersPolicyId>
    </DefaultCacheBehavior>
    <Comment>site</Comment>
    <Enabled>true</Enabled>
    <ViewerCertificate>
      <ACMCertificateArn>arn:aws:acm:us-east-1:${ACCOUNT}:certificate/x</ACMCertificateArn>
      <SSLSupportMethod>sni-only</SSLSupportMethod>
      <MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion>
    </ViewerCertificate>
    <HttpVersion>http2and3</HttpVersion>`);
  const document = (tags = "") =>
    `<DistributionConfigWithTags><DistributionConfig>${configuration}</DistributionConfig>` +
    `<Tags><Items>${tags}</Items></Tags></DistributionConfigWithTags>`;
  let created: Answer;
  let id: string;

  beforeAll(async () => {
    created = await send("POST", "/distribution?WithTags", document("<Tag><Key>Name</Key><Value>site</Value></Tag>"));
    id = element(created, "Id");
  });

  test("has an ARN, and tags", async () => {
    const arn = `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`;
    expect(element(created, "ARN")).toBe(arn);
    const tags = await send("GET", `/tagging?Resource=${encodeURIComponent(arn)}`);
    expect(element(tags, "Value")).toBe("site");
  });

  test("is read as it was sent, with AWS's defaults for the rest", async () => {
    const read = await send("GET", `/distribution/${id}/config`);
    const members = ["Aliases", "DefaultRootObject", "Origins", "DefaultCacheBehavior", "ViewerCertificate"];
    for (const member of [...members, "HttpVersion"]) {
      const pattern = new RegExp(`<${member}>.*</${member}>`, "s");
      const text = compact(read.text).replace(/<(\w+)><\/\1>|<\w+ ?\/>/g, "");
      const [sent = ""] = pattern.exec(configuration) ?? [];
      for (const leaf of sent.match(/<(\w+)>[^<]+<\/\1>/g) ?? []) expect(text).toContain(leaf);
    }
    expect(element(read, "PriceClass")).toBe("PriceClass_All");
    expect(element(read, "IsIPV6Enabled")).toBe("false");
  });

  test("has a monitoring subscription until it is taken away", async () => {
    const path = `/distributions/${id}/monitoring-subscription`;
    const status = "<RealtimeMetricsSubscriptionStatus>Enabled</RealtimeMetricsSubscriptionStatus>";
    const config = `<RealtimeMetricsSubscriptionConfig>${status}</RealtimeMetricsSubscriptionConfig>`;
    await send("POST", path, `<MonitoringSubscription>${config}</MonitoringSubscription>`);
    expect(element(await send("GET", path), "RealtimeMetricsSubscriptionStatus")).toBe("Enabled");
    await send("DELETE", path);
    expect(element(await send("GET", path), "Code")).toBe("NoSuchMonitoringSubscription");
  });
});

describe("a policy", () => {
  const headers = (name: string, comment: string) =>
    `<ResponseHeadersPolicyConfig><Comment>${comment}</Comment><Name>${name}</Name>` +
    "<SecurityHeadersConfig><FrameOptions><Override>true</Override><FrameOption>DENY</FrameOption></FrameOptions>" +
    "</SecurityHeadersConfig></ResponseHeadersPolicyConfig>";

  test("is kept as it was sent, changed and deleted", async () => {
    const created = await send("POST", "/response-headers-policy", headers("site", "first"));
    const path = `/response-headers-policy/${element(created, "Id")}`;
    const read = await send("GET", path);
    expect([element(read, "Comment"), element(read, "FrameOption")]).toEqual(["first", "DENY"]);
    await send("PUT", path, headers("site", "second"));
    expect(element(await send("GET", path), "Comment")).toBe("second");
    expect(element(await send("POST", "/response-headers-policy", headers("site", "third")), "Code")).toBe(
      "ResponseHeadersPolicyAlreadyExists",
    );
    await send("DELETE", path);
    expect(element(await send("GET", path), "Code")).toBe("NoSuchResponseHeadersPolicy");
  });

  test.each([
    ["cache-policy", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "Managed-CachingDisabled"],
    ["origin-request-policy", "b689b0a8-53d0-40ab-baf2-68738e2966ac", "Managed-AllViewerExceptHostHeader"],
    ["response-headers-policy", "67f7725c-6f97-4210-82d7-5512b31e9d03", "Managed-SecurityHeadersPolicy"],
  ])("of AWS's is there by id and in the list, and cannot be changed: %s", async (path, id, name) => {
    expect(element(await send("GET", `/${path}/${id}`), "Name")).toBe(name);
    const list = await send("GET", `/${path}?Type=managed`);
    expect(list.text).toContain(name);
    expect(list.text).not.toContain("custom");
    expect(element(await send("DELETE", `/${path}/${id}`), "Code")).toBe("IllegalUpdate");
  });
});

describe("a function", () => {
  const request = (element_: string, code: string) =>
    `<${element_}Request><Name>pages</Name><FunctionConfig><Comment>c</Comment>` +
    "<Runtime>cloudfront-js-2.0</Runtime></FunctionConfig>" +
    `<FunctionCode>${Buffer.from(code).toString("base64")}</FunctionCode></${element_}Request>`;
  const code = async (stage: string) => (await send("GET", `/function/pages?Stage=${stage}`)).text;

  test("is live with the code it was published with", async () => {
    await send("POST", "/function", request("CreateFunction", "first"));
    expect(element(await send("GET", "/function/pages/describe?Stage=LIVE"), "Code")).toBe("NoSuchFunctionExists");
    await send("POST", "/function/pages/publish");
    await send("PUT", "/function/pages", request("UpdateFunction", "second"));
    expect([await code("LIVE"), await code("DEVELOPMENT")]).toEqual(["first", "second"]);
    const live = await send("GET", "/function/pages/describe?Stage=LIVE");
    expect([element(live, "FunctionARN"), element(live, "Stage"), element(live, "Status")]).toEqual([
      `arn:aws:cloudfront::${ACCOUNT}:function/pages`,
      "LIVE",
      "UNASSOCIATED",
    ]);
    await send("DELETE", "/function/pages");
    expect(element(await send("GET", "/function/pages/describe"), "Code")).toBe("NoSuchFunctionExists");
  });
});
