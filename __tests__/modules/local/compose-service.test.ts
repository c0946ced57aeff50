import { composeService, envFileVariables } from "../../../modules/local/compose-service";
import type { ComposeInput, LocalService } from "../../../modules/local/compose-settings";
import { api, webApi } from "./example-compose";

const alone: ComposeInput = { project: "acme", environment: "staging", services: { api } };
const service = (settings: Partial<LocalService>, input: Partial<ComposeInput> = {}) =>
  composeService({ ...alone, ...input }, { ...api, ...settings });

describe("composeService", () => {
  test("pulls its image from the registry, or a public one, without local", () => {
    const registry = { accountId: "111122223333", region: "eu-west-1" };
    expect(service({ local: undefined }, { registry })).toMatchObject({
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/api:1.0.0",
    });
    expect(service({ local: undefined }, { registry })).not.toHaveProperty("volumes.0");
    expect(service({ local: undefined, image: { uri: "nginx:1.29.1" } })).toMatchObject({ image: "nginx:1.29.1" });
  });

  test("runs the service's command, unless another one is given here", () => {
    expect(service({ command: ["node", "a.js"] }).command).toEqual(["node", "a.js"]);
    const local = { context: "./api", command: ["npm", "run", "dev"] };
    expect(service({ command: ["node", "a.js"], local }).command).toEqual(["npm", "run", "dev"]);
  });

  test("gives every value as it stands, though Compose knows variables", () => {
    const made = service({ command: ["echo", "$HOME"], environment: { PROMPT: "${USER} $1" } });
    expect(made.command).toEqual(["echo", "$$HOME"]);
    expect(made.environment).toEqual({ PROMPT: "$${USER} $$1" });
  });

  test("is on another port of this machine when that is asked for", () => {
    expect(service({ local: { context: "./api", port: 8080 } }).ports).toEqual(["127.0.0.1:8080:4000"]);
  });

  test("is neither reached nor checked without a port", () => {
    const made = service({ port: undefined });
    expect(made.ports).toBeUndefined();
    expect(made.healthcheck).toBeUndefined();
  });

  test("is checked by the container's own check, where it has one", () => {
    const of = (command: string | string[]) => service({ containerHealthCheck: { command } }).healthcheck;
    const times = { interval: "30s", timeout: "5s", retries: 3, start_period: "0s" };
    expect(of("test $READY")).toEqual({ test: ["CMD-SHELL", "test $$READY"], ...times });
    expect(of(["/ready", "--now"])).toEqual({ test: ["CMD", "/ready", "--now"], ...times });
  });

  test("waits for what it reaches, and reaches only what it connects to", () => {
    const { database, cache } = webApi;
    const reaches = (connects?: string[]) => service({ connects }, { database, cache });
    const well = { condition: "service_healthy" };
    expect(reaches().depends_on).toEqual({ database: well, cache: well });
    expect(reaches(["database", "uploads"]).depends_on).toEqual({ database: well });
    expect(Object.keys(reaches(["cache"]).environment ?? {})).toEqual([
      "REDIS_CLUSTER",
      "REDIS_HOST",
      "REDIS_PORT",
      "REDIS_SERVERLESS",
      "REDIS_USER",
    ]);
    expect(reaches([]).depends_on).toBeUndefined();
    expect(reaches([]).environment).toBeUndefined();
    expect(service({}, { cache: { kind: "none" } }).depends_on).toBeUndefined();
  });

  test("waits for another service until it is well, or has started if nothing checks it", () => {
    const services = { api, worker: { ...api, port: undefined } };
    const local = { context: "./web", waitsFor: ["api", "worker"] };
    expect(service({ local }, { services }).depends_on).toEqual({
      api: { condition: "service_healthy" },
      worker: { condition: "service_started" },
    });
  });

  test("lets the service's own variables win, and those of this machine win over all", () => {
    const own = { environment: { DATABASE_HOST: "own", DATABASE_NAME: "own" } };
    const local = { context: "./api", environment: { DATABASE_NAME: "here" } };
    expect(service({ ...own, local }, { database: { engine: "postgres" } }).environment).toMatchObject({
      DATABASE_HOST: "own",
      DATABASE_NAME: "here",
      DATABASE_PORT: "5432",
    });
  });
});

describe("envFileVariables", () => {
  test("are the secrets that neither database nor cache knows", () => {
    const secrets = {
      A: { secretName: "acme/a" },
      B: { parameterName: "/b" },
      C: { from: "sessions" },
      D: { from: "database" },
      E: { from: "database", key: "username" },
      F: { from: "database", key: "password" },
      G: { from: "cache" },
    };
    const { database, cache } = webApi;
    expect(envFileVariables({ ...alone, database, cache }, { ...api, secrets })).toEqual(["A", "B", "C", "D"]);
    expect(envFileVariables(alone, { ...api, secrets })).toEqual(Object.keys(secrets));
    expect(service({ secrets }, { database, cache }).environment).toMatchObject({
      A: "${A:?set A in .env}",
      E: "postgres",
      F: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}",
      G: "redis://cache:6379",
    });
  });
});
