import { type RdsEngine, rdsMaxConnections } from "../../../modules/monitoring/rds-max-connections";

describe("rdsMaxConnections", () => {
  test.each<[RdsEngine, string, number]>([
    ["postgres", "db.t4g.micro", 77],
    ["postgres", "db.t3.small", 183],
    ["postgres", "db.t4g.medium", 395],
    ["postgres", "db.t4g.large", 818],
    ["postgres", "db.m7g.large", 818],
    ["postgres", "db.m7g.xlarge", 1666],
    ["postgres", "db.r6g.large", 1666],
    ["postgres", "db.r6g.xlarge", 3360],
    ["postgres", "db.r6g.2xlarge", 5000],
    ["mysql", "db.t4g.micro", 58],
    ["mysql", "db.m6i.large", 620],
    ["mysql", "db.r5.24xlarge", 61_582],
  ])("of %s on %s is %d", (engine, instanceClass, connections) => {
    expect(rdsMaxConnections(engine, instanceClass)).toEqual({ connections });
  });

  test("is below what the formula gives for the whole memory, and not far below", () => {
    for (const [size, gib] of Object.entries({
      "db.t4g.micro": 1,
      "db.t4g.medium": 4,
      "db.m7g.large": 8,
      "db.r6g.large": 16,
    })) {
      const whole = (gib * 1024 ** 3) / 9_531_392;
      const { connections = 0 } = rdsMaxConnections("postgres", size);
      expect(connections).toBeLessThan(whole);
      expect(connections).toBeGreaterThan(whole * 0.65);
    }
  });

  test.each([
    "db.m4.large",
    "db.m6id.metal",
    "db.x2g.large",
    "db.t4g.4xlarge",
    "db.m7g.small",
    "db.serverless",
    "t4g.micro",
    "",
  ])("is a warning for %j", (instanceClass) => {
    expect(rdsMaxConnections("postgres", instanceClass)).toEqual({
      warning: `the memory of ${instanceClass} is not known here, so there is no alarm about the connections of such a database; set the parameter max_connections, or take a class of the t3, t4g, m5 to m8 or r5 to r8 families`,
    });
  });

  test("is what the parameters say, where they say a number", () => {
    const parameters = [{ name: "max_connections", value: "300" }];
    expect(rdsMaxConnections("mysql", "db.t4g.micro", parameters)).toEqual({ connections: 300 });
    expect(rdsMaxConnections("postgres", "db.x2g.large", parameters)).toEqual({ connections: 300 });
    expect(rdsMaxConnections("postgres", "db.t4g.micro", [{ name: "work_mem", value: "1" }])).toEqual({
      connections: 77,
    });
  });

  test("is not known where they say a formula", () => {
    const parameters = [{ name: "max_connections", value: "{DBInstanceClassMemory/9531392}" }];
    expect(rdsMaxConnections("mysql", "db.t4g.micro", parameters)).toEqual({
      warning:
        "max_connections is a formula, so there is no alarm about the connections of such a database; set it to a number",
    });
  });
});
