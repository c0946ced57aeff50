import { join } from "node:path";
import { writeFile, writeJson } from "../../../tools/files";
import { readManifest } from "../../../tools/plan/manifest";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();

describe("readManifest", () => {
  test("gives each stack with its folder, file, dependencies and annotations", () => {
    const stack = {
      annotations: [
        { constructPath: "app/web", level: "@cdktf/warn", message: "closed to new customers", stacktrace: [] },
      ],
      dependencies: ["network"],
      workingDirectory: "stacks/app",
      synthesizedStackPath: "stacks/app/cdk.tf.json",
    };
    writeJson(join(folder, "manifest.json"), { stacks: { app: stack, network: {} } });
    expect(readManifest(folder)).toEqual([
      {
        name: "app",
        folder: join(folder, "stacks/app"),
        file: join(folder, "stacks/app/cdk.tf.json"),
        dependencies: ["network"],
        annotations: [{ constructPath: "app/web", level: "warn", message: "closed to new customers" }],
      },
      {
        name: "network",
        folder: join(folder, "stacks/network"),
        file: join(folder, "stacks/network/cdk.tf.json"),
        dependencies: [],
        annotations: [],
      },
    ]);
  });

  test("says that nothing is synthesized where there is no manifest, or an empty one", () => {
    expect(() => readManifest(join(folder, "none"))).toThrow(`${join(folder, "none")} holds no synthesized stacks`);
    writeFile(join(folder, "empty", "manifest.json"), "{}");
    expect(() => readManifest(join(folder, "empty"))).toThrow(`${join(folder, "empty")} holds no synthesized stacks`);
  });
});
