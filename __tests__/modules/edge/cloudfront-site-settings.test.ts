import {
  cloudFrontConnectionProblems,
  cloudFrontSiteProblems,
  type CloudFrontSiteSettings,
} from "../../../modules/edge/cloudfront-site-settings";

const found = (problems: ReadonlyArray<string | undefined>) => problems.filter((problem) => problem !== undefined);
const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const paths = (count: number) => Array.from({ length: count }, (_, index) => `/api-${index}/*`);

describe(cloudFrontSiteProblems, () => {
  test.each<CloudFrontSiteSettings>([
    {},
    { routing: "folders", domain: "app.example.com", priceClass: "PriceClass_All" },
    { domain: "${TfToken[TOKEN.1]}", contentSecurityPolicy: "default-src 'none'" },
    { api: {} },
    { api: { paths: ["/api/*", "/graphql"], readTimeoutSeconds: 1 } },
    { api: { paths: paths(74), readTimeoutSeconds: 60 } },
    { accessLogs: true, accessLogRetentionDays: 1 },
    { accessLogs: true, accessLogRetentionDays: 3650 },
    { contentSecurityPolicy: "x".repeat(1783) },
  ])("finds none in %j", (settings) => {
    expect(found(cloudFrontSiteProblems(settings))).toEqual([]);
  });

  test.each<[CloudFrontSiteSettings, string]>([
    [{ routing: "pages" as "spa" }, `routing must be one of spa, folders, got "pages"`],
    [{ domain: "App.example.com" }, `domain must be a domain name in lower case, got "App.example.com"`],
    [
      { priceClass: "PriceClass_300" as "PriceClass_200" },
      `priceClass must be one of PriceClass_100, PriceClass_200, PriceClass_All, got "PriceClass_300"`,
    ],
    [{ api: { paths: [] } }, "api.paths must be one or more paths, got []"],
    [{ api: { paths: paths(75) } }, "api.paths must be at most 74, got 75"],
    [
      { api: { paths: ["api/*"] } },
      `api.paths[0] must be a path that begins with a slash, with * for any text, got "api/*"`,
    ],
    [{ api: { paths: ["/a", "/a"] } }, `api.paths[1] must be another path, got "/a" twice`],
    [{ api: { readTimeoutSeconds: 0 } }, "api.readTimeoutSeconds must be a whole number from 1 to 60, got 0"],
    [{ api: { readTimeoutSeconds: 61 } }, "api.readTimeoutSeconds must be a whole number from 1 to 60, got 61"],
    [
      { contentSecurityPolicy: "a\nb" },
      `contentSecurityPolicy must be one line of at most 1783 characters, got "a\\nb"`,
    ],
    [
      { accessLogs: true, accessLogRetentionDays: 0 },
      "accessLogRetentionDays must be a whole number from 1 to 3650, got 0",
    ],
    [
      { accessLogs: true, accessLogRetentionDays: 3651 },
      "accessLogRetentionDays must be a whole number from 1 to 3650, got 3651",
    ],
    [{ accessLogRetentionDays: 30 }, "accessLogRetentionDays must be left out without accessLogs, got 30"],
  ])("fails on %j", (settings, message) => {
    expect(found(cloudFrontSiteProblems(settings))).toEqual([message]);
  });

  test("fails on a policy longer than CloudFront takes", () => {
    expect(found(cloudFrontSiteProblems({ contentSecurityPolicy: "x".repeat(1784) }))).toHaveLength(1);
  });
});

describe(cloudFrontConnectionProblems, () => {
  type Connections = Parameters<typeof cloudFrontConnectionProblems>[1];

  test.each<[CloudFrontSiteSettings, Connections]>([
    [{}, {}],
    [{ domain: "app.example.com" }, { certificateArn }],
    [{ domain: "app.example.com" }, { certificateArn: "${TfToken[TOKEN.1]}" }],
    [{ api: {} }, { apiOriginDomain: "api.example.com" }],
    [{ api: {} }, { apiOriginDomain: "${TfToken[TOKEN.1]}" }],
  ])("finds none in %j with %j", (settings, connections) => {
    expect(found(cloudFrontConnectionProblems(settings, connections))).toEqual([]);
  });

  test.each<[CloudFrontSiteSettings, Connections, string]>([
    [{ domain: "app.example.com" }, {}, "certificateArn must be there when there is domain, got none"],
    [{}, { certificateArn }, `certificateArn must be left out without domain, got "${certificateArn}"`],
    [
      { domain: "app.example.com" },
      { certificateArn: "arn:aws:acm:eu-west-3:123456789012:certificate/1" },
      `certificateArn must be the ARN of a certificate in us-east-1, got "arn:aws:acm:eu-west-3:123456789012:certificate/1"`,
    ],
    [{ api: {} }, {}, "apiOriginDomain must be there when there is api, got none"],
    [{}, { apiOriginDomain: "api.example.com" }, `apiOriginDomain must be left out without api, got "api.example.com"`],
    [
      { api: {} },
      { apiOriginDomain: "https://api.example.com" },
      `apiOriginDomain must be a host name, got "https://api.example.com"`,
    ],
  ])("fails on %j with %j", (settings, connections, message) => {
    expect(found(cloudFrontConnectionProblems(settings, connections))).toEqual([message]);
  });
});
