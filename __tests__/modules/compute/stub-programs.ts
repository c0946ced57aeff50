import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

// Scripts of hosts run for real in these tests, by bash, in a folder of their own; only the programs that reach outside are replaced.

const PROGRAMS: Readonly<Record<string, string>> = {
  docker: `
echo "docker $*" >> "$HOST/calls"
case "$1 $2" in
  "image inspect") echo "[{\\"Id\\":\\"sha256:$3\\"}]" ;;
  "image prune" | "network inspect") ;;
  "exec caddy") [ ! -e "$HOST/refuse-reload" ] ;;
  "exec --env") echo PONG ;;
  "pull "*) [ ! -e "$HOST/refuse-pull" ] ;;
  "inspect "*) cat "$HOST/containers/$2" 2> /dev/null ;;
  "ps "*) ls "$HOST/containers" ;;
  "rm "*) rm -f "$HOST/containers/$3" ;;
  "logs "*) echo "last words" ;;
  "run "*)
    sum=none name=none detached=no
    while [ $# -gt 0 ]; do
      case "$1" in
        --detach) detached=yes ;;
        --name) name="$2" ;;
        --label) sum="\${2#deploy.sum=}" ;;
        --env-file) cp "$2" "$HOST/env-of-$name"; stat -c %a "$2" > "$HOST/mode-of-env-file" ;;
        --env) case "$2" in *=*) ;; *) echo "$2=\${!2}" >> "$HOST/secrets-of-$name" ;; esac ;;
      esac
      shift
    done
    [ $detached = yes ] || exit "$(cat "$HOST/exit-code" 2> /dev/null || echo 0)"
    running=true; [ ! -e "$HOST/crash" ] || running=false
    echo "[{\\"State\\":{\\"Running\\":$running},\\"Config\\":{\\"Labels\\":{\\"deploy.sum\\":\\"$sum\\"}},\\"NetworkSettings\\":{\\"Networks\\":{\\"api\\":{\\"IPAddress\\":\\"172.18.0.5\\"}}}}]" > "$HOST/containers/$name" ;;
esac`,
  aws: `
echo "aws $*" >> "$HOST/calls"
option() { while [ $# -gt 1 ]; do [ "$1" != "$wanted" ] || { echo "$2"; return; }; shift; done; }
case "$1 $2" in
  "s3 cp") cp "$HOST/\${4#s3://}" "$5" ;;
  "secretsmanager get-secret-value") wanted=--secret-id; cat "$HOST/secrets/$(option "$@")" ;;
  "ssm get-parameter") wanted=--name; cat "$HOST/parameters/$(option "$@")" ;;
  "ssm put-parameter") wanted=--name; name="$(option "$@")"; wanted=--value; option "$@" > "$HOST/parameters/$name" ;;
esac`,
  curl: `echo "curl $*" >> "$HOST/calls"; [ ! -e "$HOST/unwell" ]`,
  sleep: `echo "sleep $*" >> "$HOST/calls"`,
  flock: `[ ! -e "$HOST/locked" ]`,
  chown: `true`,
  pgrep: `[ -e "$HOST/session" ]`,
  systemctl: `echo "systemctl $*" >> "$HOST/calls"`,
};

/** How a script ended, and what it said. */
export interface ScriptResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A host in a folder of its own, whose programs write down how they were called. */
export interface StubHost {
  /** The folder; what a script keeps belongs below it. */
  readonly folder: string;
  write(path: string, text: string): void;
  read(path: string): string;
  has(path: string): boolean;
  /** Lines of calls since the last time, without their options' order being changed. */
  calls(): string[];
  run(script: string, ...words: string[]): ScriptResult;
  remove(): void;
}

export function stubHost(): StubHost {
  const folder = mkdtempSync(join(tmpdir(), "host-"));
  const path = (name: string) => join(folder, name);
  for (const made of ["bin", "containers", "memory", "state"]) mkdirSync(path(made));
  for (const [name, text] of Object.entries(PROGRAMS)) {
    writeFileSync(path(`bin/${name}`), `#!/bin/bash\n${text}\n`);
    chmodSync(path(`bin/${name}`), 0o755);
  }
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  return {
    folder,
    write,
    read: (name) => readFileSync(path(name), "utf8"),
    has: (name) => existsSync(path(name)),
    calls: () => {
      const lines = existsSync(path("calls")) ? readFileSync(path("calls"), "utf8").trimEnd().split("\n") : [];
      writeFileSync(path("calls"), "");
      return lines.filter((line) => line !== "");
    },
    run: (script, ...words) => {
      write("script", script);
      const env = { HOST: folder, HOME: folder, PATH: `${path("bin")}:${process.env["PATH"] ?? ""}` };
      const { status, stdout, stderr } = spawnSync("bash", [path("script"), ...words], { env, encoding: "utf8" });
      return { exitCode: status, stdout, stderr };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
