import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../../../tools/cli/command";
import { diffCommand } from "../../../tools/cli/diff";
import { main } from "../../../tools/cli/main";
import { reviewCommand } from "../../../tools/cli/review";
import { makeFolder, writeFile } from "../../../tools/files";
import { temporaryFolder } from "../support/folder";
import { recordingTerminal } from "../support/terminal";

/** Stands for synth: the stacks that `stacks.json` describes, for every environment. */
const SYNTH = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
if (process.argv.includes("--systems")) {
  console.log(JSON.stringify([{ name: "default", environments: [{ name: "staging", tier: "staging" }, { name: "prod", tier: "prod" }] }]));
} else {
  const out = process.env.CDKTF_OUTDIR;
  const stacks = {};
  for (const [name, document] of Object.entries(JSON.parse(readFileSync("stacks.json", "utf8")))) {
    mkdirSync(out + "/stacks/" + name, { recursive: true });
    writeFileSync(out + "/stacks/" + name + "/cdk.tf.json", JSON.stringify(document));
    stacks[name] = { name, dependencies: [], annotations: [] };
  }
  writeFileSync(out + "/manifest.json", JSON.stringify({ stacks }));
}
`;

const root = temporaryFolder();
const environment = {
  PATH: process.env["PATH"],
  ...{
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.com",
  },
  GIT_CONFIG_GLOBAL: "/dev/null",
  HOME: root,
};
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, env: environment, encoding: "utf8" }).trim();
const commands: Command = { name: "", summary: "", commands: [diffCommand, reviewCommand] };

async function run(command: string) {
  const { terminal, written } = recordingTerminal();
  const code = await main(commands, command.split(" "), { terminal, environment, folder: root });
  return { code, ...written };
}

type Documents = Readonly<Record<string, unknown>>;
const write = (stacks: Documents) => writeFile(join(root, "stacks.json"), JSON.stringify(stacks));
const commit = (message: string, stacks: Documents) => {
  write(stacks);
  git("add", ".");
  git("commit", "--quiet", "--message", message);
};

const database = (more: object = {}, name = "main") => ({
  resource: {
    aws_db_instance: {
      [name]: {
        "//": { metadata: { path: `data/${name}/instance` } },
        ...{ identifier: "acme", engine: "postgres", instance_class: "db.t4g.micro", allocated_storage: 20 },
        lifecycle: { prevent_destroy: true },
        ...more,
      },
    },
  },
});
const opened = {
  resource: {
    aws_vpc_security_group_ingress_rule: {
      in: {
        security_group_id: "${aws_security_group.a.id}",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 22,
        to_port: 22,
      },
    },
  },
};

beforeAll(() => {
  makeFolder(join(root, "node_modules"));
  writeFile(join(root, ".gitignore"), "node_modules\n.groundplan\n");
  writeFile(join(root, "tools", "run.mjs"), SYNTH);
  git("init", "--quiet", "--initial-branch", "main");
  commit("first", { data: database() });
  git("tag", "v1");
});

describe("npm run diff", () => {
  test("finds no difference between a revision and a working tree like it", async () => {
    write({ data: database() });
    const { code, out, err } = await run("diff main");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("prod, staging of default: No changes".replace("prod, staging", "staging, prod"));
  });

  test("shows what is changed, says that it is no plan, and leaves a page", async () => {
    write({ data: database({ allocated_storage: 40 }) });
    const { code, out } = await run("diff main");
    expect(code).toBe(2);
    expect(out).toContain("A diff of two configurations, not a plan");
    expect(out).toContain("allocated_storage: 20 → 40");
    expect(out).toContain("Review: .groundplan/diff/review.html");
    expect(existsSync(join(root, ".groundplan", "diff", "review.html"))).toBe(true);
    expect(git("status", "--short")).toBe("M stacks.json");
  });

  test.each([
    ["a protection that is lost", { data: database({ lifecycle: {} }) }, "prevent_destroy"],
    ["a port that is opened", { data: database(), net: opened }, "SSH is open to the internet"],
    ["a database that goes", { data: {} }, "aws_db_instance.main"],
  ])("takes %s for a risk", async (_, stacks, text) => {
    write(stacks);
    const { code, out } = await run("diff main");
    expect(code).toBe(8);
    expect(out).toContain(text);
  });

  test("sees through a rename that Terraform would take for a deletion", async () => {
    write({ data: database({}, "primary") });
    const { code, out } = await run("diff main");
    expect(code).toBe(8);
    expect(out).toMatch(/rename/i);
    expect(out).toContain("moveFromId");
  });

  test("does not, where the code says that it is moved", async () => {
    write({
      data: { ...database({}, "primary"), moved: [{ from: "aws_db_instance.main", to: "aws_db_instance.primary" }] },
    });
    const { code, out } = await run("diff main");
    expect(code).toBe(2);
    expect(out).toContain(
      "aws_db_instance.primary (data/primary/instance; was aws_db_instance.main)".replace("data/", ""),
    );
  });

  test("compares two revisions, whatever the working tree holds", async () => {
    commit("second", { data: database({ allocated_storage: 30 }) });
    write({ data: {} });
    const { code, out } = await run("diff v1 main --env prod");
    expect(code).toBe(2);
    expect(out).toContain("prod of default: 1 change");
    expect(out).toContain("allocated_storage: 20 → 30");
  });

  test("is shown again by npm run review diff, in any form", async () => {
    const { code, out } = await run("review diff --format json");
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ kind: "configuration-diff", subject: { from: git("rev-parse", "v1") } });
    expect(JSON.parse(readFileSync(join(root, ".groundplan", "diff", "review.json"), "utf8"))).toEqual(JSON.parse(out));
  });

  test.each([
    ["diff nothing", '"nothing" is no revision of this repository'],
    ["diff main --env preview", "preview is no environment of system default; there are staging, prod"],
    ["diff main --system other", 'there is no system "other"'],
  ])("%s fails, and says what there is", async (command, message) => {
    const { code, err } = await run(command);
    expect(code).toBe(64);
    expect(err).toContain(message);
  });
});
