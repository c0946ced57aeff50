import { CacheUser, type CacheUserProps } from "../../../modules/cache/cache-user";
import { context, resources, synth } from "../../support/synth";

const build = (engine: CacheUserProps["engine"]) =>
  synth((scope) => {
    const user = new CacheUser(scope, "users", {
      context: context(),
      thing: "cache",
      engine,
      accessString: "on ~* +@read",
    });
    expect(user).toMatchObject({
      userName: "acme-test-cache-app",
      userArn: "arn:aws:elasticache:eu-west-3:123456789012:user:acme-test-cache-app",
    });
  });

describe("CacheUser", () => {
  test.each(["valkey", "redis"] as const)("has no password, whatever the engine: %s", (engine) => {
    const users = resources(build(engine), "aws_elasticache_user");
    expect(users.length).toBeGreaterThan(0);
    for (const user of users) {
      expect(user).not.toHaveProperty("passwords");
      expect(user).not.toHaveProperty("authentication_mode.passwords");
      // only a user that is switched off may be let in without a password
      if (user["no_password_required"] === true) expect(user["access_string"]).toBe("off ~* -@all");
    }
  });

  test("signs in by IAM, under a name equal to its id", () => {
    expect(resources(build("valkey"), "aws_elasticache_user")).toEqual([
      expect.objectContaining({
        user_id: "acme-test-cache-app",
        user_name: "acme-test-cache-app",
        engine: "valkey",
        access_string: "on ~* +@read",
        authentication_mode: { type: "iam" },
      }),
    ]);
  });

  test("is alone in a Valkey group", () => {
    expect(resources(build("valkey"), "aws_elasticache_user_group")).toEqual([
      expect.objectContaining({
        user_group_id: "acme-test-cache-users",
        engine: "valkey",
        user_ids: [expect.stringContaining("users_user_")],
      }),
    ]);
  });

  test("shares a Redis group only with a default user that is switched off", () => {
    const synthesized = build("redis");
    const nobody = resources(synthesized, "aws_elasticache_user").find((user) => user["user_name"] === "default");
    expect(nobody).toMatchObject({
      user_id: "acme-test-cache-default",
      user_name: "default",
      engine: "redis",
      access_string: "off ~* -@all",
      no_password_required: true,
    });
    expect(resources(synthesized, "aws_elasticache_user_group")).toEqual([
      expect.objectContaining({
        engine: "redis",
        user_ids: [expect.stringContaining("users_user_"), expect.stringContaining("users_default_")],
      }),
    ]);
  });
});
