import { Lazy } from "cdktf";
import { looksLikeSecret } from "../../modules/secret-value";

describe("looksLikeSecret", () => {
  test.each([
    "postgres://user:hunter2@db.example.com/app",
    "redis://:hunter2@cache:6379",
    "AKIAABCDEFGHIJKLMNOP",
    "-----BEGIN RSA PRIVATE KEY-----",
    `ghp_${"a".repeat(16)}`,
    `github_pat_${"a".repeat(16)}`,
    `sk_live_${"a".repeat(16)}`,
  ])("finds %s", (value) => {
    expect(looksLikeSecret(value)).toBe(true);
  });

  test.each([
    "",
    "info",
    "https://api.example.com/a:b@c",
    "https://api.example.com:8443",
    "AKIAABCDEFGHIJKLMNO",
    "-----BEGIN PUBLIC KEY-----",
    `ghp_${"a".repeat(15)}`,
  ])("lets %j pass", (value) => {
    expect(looksLikeSecret(value)).toBe(false);
  });

  test("lets a value pass that only Terraform knows", () => {
    expect(looksLikeSecret(Lazy.stringValue({ produce: () => "postgres://user:hunter2@db/app" }))).toBe(false);
  });
});
