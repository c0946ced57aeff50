import { readConfigBlocks } from "../../../tools/cloud/config-blocks";

describe("readConfigBlocks", () => {
  test.each<[string, string, unknown]>([
    ["nothing", "", {}],
    ["comments", "# one\n// two\n/* three\n */", {}],
    ["an attribute", 'plugin_cache_dir = "$HOME/.cache" # here', { plugin_cache_dir: "$HOME/.cache" }],
    ["a block with a label", 'credentials "a.b" { token = "x" }', { credentials: { "a.b": { token: "x" } } }],
    [
      "a map as an attribute",
      'host "a.b" {\n services = {\n "tfe.v2" = "http://127.0.0.1:1/api/v2/", "tfe.v2.1": "x"\n }\n}',
      { host: { "a.b": { services: { "tfe.v2": "http://127.0.0.1:1/api/v2/", "tfe.v2.1": "x" } } } },
    ],
    [
      "a map as a block",
      'host "a.b" { services { "tfe.v2" = "x" } }',
      { host: { "a.b": { services: { "tfe.v2": "x" } } } },
    ],
    ["two hosts", 'host "a" { x = "1" }\nhost "b" { x = "2" }', { host: { a: { x: "1" }, b: { x: "2" } } }],
    ["the same host twice", 'host "a" { x = "1" }\nhost "a" { y = "2" }', { host: { a: { x: "1", y: "2" } } }],
    [
      "a list",
      'credentials_helper "vault" { args = ["-a", "b",] }',
      { credentials_helper: { vault: { args: ["-a", "b"] } } },
    ],
    ["escapes", 'a = "one\\"two\\u002dthree"', { a: 'one"two-three' }],
    ["a heredoc", "a = <<EOT\none\ntwo\nEOT\nb = true", { a: "one\ntwo", b: true }],
    ["numbers and words", "a = 12\nb = false\nc = word", { a: 12, b: false, c: "word" }],
    ["JSON", '{"credentials":{"a.b":{"token":"x"}}}', { credentials: { "a.b": { token: "x" } } }],
    ["an empty block", "provider_installation {\n direct {}\n}", { provider_installation: { direct: {} } }],
  ])("reads %s", (_name, text, expected) => {
    expect(readConfigBlocks(text)).toEqual(expected);
  });

  test.each([
    ["a brace that is not closed", 'host "a" {'],
    ["a brace too many", 'host "a" { } }'],
    ["a quote that is not closed", 'a = "b'],
    ["an attribute without a value", "a ="],
    ["labels before an equals sign", 'a "b" = "c"'],
    ["a list that is not closed", "a = [1,"],
    ["JSON that is cut short", '{"a":'],
    ["another language", "a: b; <c>"],
  ])("does not read %s", (_name, text) => {
    expect(readConfigBlocks(text)).toBeUndefined();
  });
});
