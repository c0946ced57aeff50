import { overlay } from "../../../tools/sandbox/overlay";

const keep = { accountId: "123456789012", destroying: false };

describe("overlay", () => {
  test("gives every AWS provider few tries, each by its alias", () => {
    const document = { provider: { aws: [{ region: "eu-west-3" }, { alias: "us", region: "us-east-1" }] } };
    expect(overlay(document, keep)).toEqual({
      provider: { aws: [{ max_retries: 3 }, { alias: "us", max_retries: 3 }] },
    });
  });

  test.each([
    [["123456789012"], { max_retries: 3 }],
    [["210987654321"], { max_retries: 3, allowed_account_ids: ["123456789012"] }],
  ])("allows the emulator's account where %j are allowed", (allowed, block) => {
    expect(overlay({ provider: { aws: [{ allowed_account_ids: allowed }] } }, keep)).toEqual({
      provider: { aws: [block] },
    });
  });

  test("lifts prevent_destroy only when everything is to be destroyed", () => {
    const resource = {
      aws_s3_bucket: {
        state: { lifecycle: { prevent_destroy: true } },
        other: { lifecycle: { prevent_destroy: false } },
      },
      aws_vpc: { main: {} },
    };
    expect(overlay({ resource }, keep)).toEqual({});
    expect(overlay({ resource }, { ...keep, destroying: true })).toEqual({
      resource: { aws_s3_bucket: { state: { lifecycle: { prevent_destroy: false } } } },
    });
  });
});
