import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCliSettings } from "../../../tools/cloud/cli-settings";

let home: string;

beforeEach(() => (home = mkdtempSync(join(tmpdir(), "groundplan-settings-"))));
afterEach(() => rmSync(home, { recursive: true }));

function write(path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const login = (token: string) => JSON.stringify({ credentials: { "app.terraform.io": { token } } });

describe("readCliSettings", () => {
  test("finds nothing where there is nothing", () => {
    expect(readCliSettings({}, home)).toEqual({
      services: new Map(),
      tokens: new Map(),
      helper: undefined,
      unreadable: [],
    });
  });

  test("reads the home folder's configuration, and what a login left there", () => {
    write(".terraformrc", 'host "App.Terraform.io" { services = { "tfe.v2" = "http://x/" } }');
    write(".terraform.d/credentials.tfrc.json", login("from-login"));
    write(
      ".terraform.d/more.tfrc",
      'credentials "tfe.example.com" { token = "other" }\ncredentials_helper "h" { args = ["a"] }',
    );
    write(".terraform.d/plugins.txt", "no configuration");
    expect(readCliSettings({}, home)).toEqual({
      services: new Map([["app.terraform.io", { "tfe.v2": "http://x/" }]]),
      tokens: new Map([
        ["app.terraform.io", "from-login"],
        ["tfe.example.com", "other"],
      ]),
      helper: { name: "h", args: ["a"] },
      unreadable: [],
    });
  });

  test.each(["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"])(
    "reads nothing but the file that %s names, as Terraform does",
    (name) => {
      write(".terraform.d/credentials.tfrc.json", login("from-login"));
      const named = write("own.tfrc", 'credentials "tfe.example.com" { token = "own" }');
      expect(readCliSettings({ [name]: named }, home).tokens).toEqual(new Map([["tfe.example.com", "own"]]));
    },
  );

  test("names a file that it does not understand, and reads the others", () => {
    const broken = write(".terraformrc", 'host "a" {');
    write(".terraform.d/credentials.tfrc.json", login("from-login"));
    const { tokens, unreadable } = readCliSettings({}, home);
    expect({ tokens, unreadable }).toEqual({
      tokens: new Map([["app.terraform.io", "from-login"]]),
      unreadable: [broken],
    });
  });

  test("does not take what is no host, no block or no text", () => {
    write(".terraformrc", 'host "a b" { services { x = "y" } }\ncredentials "c" { token = 12 }\nhost = "d"');
    const { services, tokens } = readCliSettings({}, home);
    expect({ services, tokens }).toEqual({ services: new Map(), tokens: new Map() });
  });
});
