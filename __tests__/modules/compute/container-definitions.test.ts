import fc from "fast-check";
import {
  containerDefinition,
  containerDefinitionsJson,
  type ContainerPlace,
} from "../../../modules/compute/container-definitions";

const image = { repository: "api", tag: "1" };
const place: ContainerPlace = {
  name: "api",
  imageUri: "registry/acme/api:1",
  essential: true,
  init: true,
  exec: false,
  secrets: {},
  logs: { group: "/ecs/acme-test-api", region: "eu-west-3", prefix: "api" },
};
const tmpfs = { containerPath: "/tmp", size: 64, mountOptions: ["nodev", "nosuid", "noexec"] };
const logConfiguration = {
  logDriver: "awslogs",
  options: {
    "awslogs-group": "/ecs/acme-test-api",
    "awslogs-region": "eu-west-3",
    "awslogs-stream-prefix": "api",
    mode: "non-blocking",
    "max-buffer-size": "25m",
  },
};

describe("containerDefinition", () => {
  test("has what is always set and nothing else", () => {
    expect(containerDefinition({ image }, place)).toStrictEqual({
      name: "api",
      image: "registry/acme/api:1",
      essential: true,
      readonlyRootFilesystem: true,
      stopTimeout: 30,
      linuxParameters: { initProcessEnabled: true, tmpfs: [tmpfs] },
      logConfiguration,
    });
  });

  test.each([
    [1, "0"],
    [80, "0"],
    [1023, "0"],
    [1024, undefined],
  ])("lets a user that is not root listen on port %d", (port, value) => {
    const { systemControls } = containerDefinition({ image, port }, place);
    expect(systemControls).toEqual(value && [{ namespace: "net.ipv4.ip_unprivileged_port_start", value }]);
  });

  test("has all that is chosen, sorted by name", () => {
    const settings = {
      image,
      cpuUnits: 128,
      memoryMiB: 256,
      command: ["node", "main.js"],
      user: "1000:1000",
      environment: { B: "2", A: "1", a: "3" },
      port: 3000,
      containerHealthCheck: {
        command: "curl -f localhost",
        intervalSeconds: 10,
        timeoutSeconds: 3,
        retries: 2,
        startPeriodSeconds: 20,
      },
      dependsOn: { redis: "HEALTHY", agent: "START" } as const,
      stopTimeoutSeconds: 120,
      writablePaths: ["/tmp", "/cache"],
      writableMiB: 32,
    };
    expect(
      containerDefinition(settings, { ...place, essential: false, secrets: { Z: "arn:z", Y: "arn:y" } }),
    ).toStrictEqual({
      name: "api",
      image: "registry/acme/api:1",
      essential: false,
      cpu: 128,
      memory: 256,
      command: ["node", "main.js"],
      user: "1000:1000",
      readonlyRootFilesystem: true,
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
        { name: "a", value: "3" },
      ],
      secrets: [
        { name: "Y", valueFrom: "arn:y" },
        { name: "Z", valueFrom: "arn:z" },
      ],
      portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: "tcp" }],
      healthCheck: {
        command: ["CMD-SHELL", "curl -f localhost"],
        interval: 10,
        timeout: 3,
        retries: 2,
        startPeriod: 20,
      },
      dependsOn: [
        { containerName: "agent", condition: "START" },
        { containerName: "redis", condition: "HEALTHY" },
      ],
      stopTimeout: 120,
      linuxParameters: {
        initProcessEnabled: true,
        tmpfs: [
          { ...tmpfs, size: 32 },
          { ...tmpfs, containerPath: "/cache", size: 32 },
        ],
      },
      logConfiguration,
    });
  });

  test("runs a health check given as a list without a shell, with ECS's own times", () => {
    const definition = containerDefinition({ image, containerHealthCheck: { command: ["/check", "-q"] } }, place);
    expect(definition["healthCheck"]).toEqual({
      command: ["CMD", "/check", "-q"],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 0,
    });
  });

  test("is writable with exec, and then needs no memory to write to", () => {
    expect(containerDefinition({ image }, { ...place, exec: true })).toMatchObject({
      readonlyRootFilesystem: false,
      linuxParameters: { initProcessEnabled: true },
    });
    expect(containerDefinition({ image }, { ...place, exec: true })["linuxParameters"]).not.toHaveProperty("tmpfs");
  });

  test("has no Linux parameters when nothing is to be said", () => {
    const definition = containerDefinition({ image, readOnlyRootFilesystem: false }, { ...place, init: false });
    expect(definition).not.toHaveProperty("linuxParameters");
  });
});

describe("containerDefinitionsJson", () => {
  test("is the same text whatever the order of the variables", () => {
    const variables = fc.dictionary(fc.stringMatching(/^[A-Z]{1,4}$/), fc.string());
    fc.assert(
      fc.property(variables, (environment) => {
        const reversed = Object.fromEntries(Object.entries(environment).reverse());
        const text = (given: Record<string, string>) =>
          containerDefinitionsJson([containerDefinition({ image, environment: given }, place)]);
        expect(text(reversed)).toBe(text(environment));
      }),
    );
  });

  test("leaves a token to Terraform, and nothing else", () => {
    const value = "${TfToken[TOKEN.1]} ${HOME} %{if} $PATH 100% {x}";
    expect(containerDefinitionsJson([{ value }])).toBe(
      '[{"value":"${TfToken[TOKEN.1]} $${HOME} %%{if} $PATH 100% {x}"}]',
    );
  });

  test("is read back by Terraform's rules as what was written", () => {
    const parts = fc.array(fc.constantFrom("$", "%", "{", "}", "a", '"', "\\"), { maxLength: 8 });
    fc.assert(
      fc.property(parts, (characters) => {
        const value = characters.join("");
        const text = containerDefinitionsJson([{ value }]);
        const read = text.replace(/(\$|%)\1\{/g, (_, sign: string) => `${sign}{`);
        expect(JSON.parse(read)).toEqual([{ value }]);
      }),
    );
  });
});
