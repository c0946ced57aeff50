import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import {
  appSpec,
  buildSpec,
  type BuildSpec,
  type BuildSpecSettings,
} from "../../../modules/delivery/build-project-spec";

const api = {
  name: "api",
  repositoryName: "acme/api",
  family: "acme-test-api",
  containerName: "api",
  port: 3000,
  context: "backend",
};
const web = {
  name: "web-app",
  repositoryName: "acme/web-app",
  family: "acme-test-web-app",
  containerName: "web-app",
  port: 8080,
};
const settings: BuildSpecSettings = {
  architecture: "x86_64",
  nodeVersion: 22,
  commands: ["npm ci", "npm test --if-present"],
  registry: { accountId: "111122223333", region: "eu-west-1" },
  region: "eu-west-3",
  services: [api, web],
};
const host = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

/** The specification as CodeBuild reads it: as YAML. */
const read = (chosen: Partial<BuildSpecSettings> = {}) =>
  parse(JSON.stringify(buildSpec({ ...settings, ...chosen }))) as BuildSpec;

describe("buildSpec", () => {
  test("is a specification of version 0.2 with Node.js", () => {
    expect(read()).toMatchObject({ version: "0.2", phases: { install: { "runtime-versions": { nodejs: 22 } } } });
    expect(read({ nodeVersion: 20 }).phases.install["runtime-versions"].nodejs).toBe(20);
  });

  test("hands on three files for each service, by name when there are several", () => {
    const files = ["taskdef.json", "appspec.yaml", "imageDetail.json"];
    expect(read().artifacts).toEqual({
      "secondary-artifacts": {
        api: { "base-directory": ".release/api", files },
        web_app: { "base-directory": ".release/web-app", files },
      },
    });
    expect(read({ services: [api] }).artifacts).toEqual({ "base-directory": ".release/api", files });
  });

  test("runs the application's commands first, then signs in, builds every image, and describes every release", () => {
    const { commands } = read().phases.build;
    expect(commands.slice(0, 5)).toEqual([
      "npm ci",
      "npm test --if-present",
      'cd "$CODEBUILD_SRC_DIR"',
      `aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin ${host}`,
      `aws ecr describe-images --registry-id 111122223333 --region eu-west-1 --repository-name acme/api --image-ids "imageTag=$CODEBUILD_RESOLVED_SOURCE_VERSION" > /dev/null 2>&1 || { docker build --platform linux/amd64 --file backend/Dockerfile --tag "${host}/acme/api:$CODEBUILD_RESOLVED_SOURCE_VERSION" backend && docker push "${host}/acme/api:$CODEBUILD_RESOLVED_SOURCE_VERSION"; }`,
    ]);
    expect(commands[5]).toContain("docker build --platform linux/amd64 --file Dockerfile");
    expect(commands).toHaveLength(16);
    expect(read({ architecture: "arm64" }).phases.build.commands[4]).toContain("--platform linux/arm64");
  });
});

describe("appSpec", () => {
  test("leads the requests to the container, and leaves the revision to the action", () => {
    expect(parse(appSpec(api))).toEqual({
      version: 0,
      Resources: [
        {
          TargetService: {
            Type: "AWS::ECS::Service",
            Properties: {
              TaskDefinition: "<TASK_DEFINITION>",
              LoadBalancerInfo: { ContainerName: "api", ContainerPort: 3000 },
            },
          },
        },
      ],
    });
  });
});

const REVISION = {
  taskDefinitionArn: "arn:aws:ecs:eu-west-3:123456789012:task-definition/acme-test-api:7",
  containerDefinitions: [
    { name: "proxy", image: "public.ecr.aws/docker/library/nginx:1.27" },
    { name: "api", image: `${host}/acme/api:old`, environment: [{ name: "A", value: "it's 100%" }] },
    { name: "web-app", image: `${host}/acme/web-app:old` },
  ],
  family: "acme-test-api",
  revision: 7,
  status: "ACTIVE",
  requiresAttributes: [{ name: "com.amazonaws.ecs.capability.task-iam-role" }],
  compatibilities: ["EC2", "FARGATE"],
  requiresCompatibilities: ["FARGATE"],
  registeredAt: "2026-11-01T00:00:00Z",
  registeredBy: "arn:aws:iam::123456789012:role/acme-test-deploy",
  cpu: "256",
};

describe("the commands of a build", () => {
  const folder = mkdtempSync(join(tmpdir(), "build-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Stands in for a program: notes how it was called, then does what the lines say. */
  const program = (name: string, lines: string) => {
    const file = join(folder, "bin", name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${join(folder, "calls")}"\n${lines}\n`);
    chmodSync(file, 0o755);
  };

  /** Runs the commands as CodeBuild does: in one shell, up to the first that fails. */
  const run = (found: "new" | "built", npm = "exit 0", services = [api, web]) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "bin"), { recursive: true });
    mkdirSync(join(folder, "source"));
    writeFileSync(join(folder, "revision.json"), JSON.stringify(REVISION));
    program("docker", '[ "$1" != login ] || cat > /dev/null');
    program("npm", npm);
    program(
      "aws",
      `case "$2" in
        get-login-password) echo secret ;;
        describe-images) exit ${found === "built" ? 0 : 254} ;;
        describe-task-definition) cat "${join(folder, "revision.json")}" ;;
      esac`,
    );
    const { commands } = read({ services }).phases.build;
    const script = commands.map((command) => `{ ${command}\n} || exit 1`).join("\n");
    const { status } = spawnSync("sh", ["-c", script], {
      cwd: join(folder, "source"),
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
        CODEBUILD_SRC_DIR: join(folder, "source"),
        CODEBUILD_RESOLVED_SOURCE_VERSION: "0a1b2c",
      },
    });
    return { status, calls: readFileSync(join(folder, "calls"), "utf8").trim().split("\n") };
  };
  const made = (service: string, file: string) => readFileSync(join(folder, "source/.release", service, file), "utf8");

  test("build and push every image under the commit", () => {
    const { status, calls } = run("new");
    expect(status).toBe(0);
    expect(calls.filter((call) => /^(npm|docker) /.test(call) && !call.startsWith("docker login"))).toEqual([
      "npm ci",
      "npm test --if-present",
      `docker build --platform linux/amd64 --file backend/Dockerfile --tag ${host}/acme/api:0a1b2c backend`,
      `docker push ${host}/acme/api:0a1b2c`,
      `docker build --platform linux/amd64 --file Dockerfile --tag ${host}/acme/web-app:0a1b2c .`,
      `docker push ${host}/acme/web-app:0a1b2c`,
    ]);
    expect(calls).toContain(`docker login --username AWS --password-stdin ${host}`);
  });

  test("write a revision to register: the newest, with a place for the image of the main container", () => {
    run("new");
    const { containerDefinitions, family, requiresCompatibilities, cpu } = REVISION;
    const [proxy, main, other] = containerDefinitions;
    expect(JSON.parse(made("api", "taskdef.json"))).toEqual({
      containerDefinitions: [proxy, { ...main, image: "<IMAGE1_NAME>" }, other],
      family,
      requiresCompatibilities,
      cpu,
    });
    expect(made("api", "appspec.yaml")).toBe(appSpec(api));
    expect(made("web-app", "appspec.yaml")).toBe(appSpec(web));
    expect(JSON.parse(made("api", "imageDetail.json"))).toEqual({ ImageURI: `${host}/acme/api:0a1b2c` });
  });

  test("build no commit twice, and release it all the same", () => {
    const { status, calls } = run("built");
    expect(status).toBe(0);
    expect(calls.filter((call) => /^docker (build|push)/.test(call))).toEqual([]);
    expect(JSON.parse(made("web-app", "imageDetail.json"))).toEqual({ ImageURI: `${host}/acme/web-app:0a1b2c` });
  });

  test("stop at the first that fails", () => {
    const { status, calls } = run("new", "exit 1");
    expect(status).toBe(1);
    expect(calls).toEqual(["npm ci"]);
    expect(existsSync(join(folder, "source/.release"))).toBe(false);
  });

  test("fail on a revision without the container", () => {
    expect(run("new", "exit 0", [{ ...api, containerName: "gone" }]).status).toBe(1);
  });
});
