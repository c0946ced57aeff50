import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileFromScript, shellQuoted } from "../../../modules/compute/session-host-shell";

describe(shellQuoted, () => {
  test.each(["plain", "it's", 'say "hi"', "$HOME `id` \\", "two\nlines", ""])(
    "hands %j to a program as it is",
    (word) => {
      expect(execFileSync("bash", ["-c", `printf %s ${shellQuoted(word)}`], { encoding: "utf8" })).toBe(word);
    },
  );
});

describe(fileFromScript, () => {
  test("writes the text as it is, for those who may read it", () => {
    const folder = mkdtempSync(join(tmpdir(), "file-"));
    const path = join(folder, "made");
    execFileSync("bash", ["-c", fileFromScript(path, "0700", "#!/bin/bash\necho $HOME `id` \\\n", "END_OF_FILE")]);
    expect(readFileSync(path, "utf8")).toBe("#!/bin/bash\necho $HOME `id` \\\n");
    rmSync(folder, { recursive: true });
  });
});
