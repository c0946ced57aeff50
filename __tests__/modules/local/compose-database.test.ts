import { databaseService } from "../../../modules/local/compose-database";

describe("databaseService", () => {
  test.each([
    ["17", "/var/lib/postgresql/data"],
    ["18", "/var/lib/postgresql"],
    ["18.1", "/var/lib/postgresql"],
  ])("keeps the data of PostgreSQL %s in %s", (version, target) => {
    expect(databaseService({ engine: "postgres", version }).volumes).toEqual([
      { type: "volume", source: "database-data", target },
    ]);
  });

  test("has the names of the environment", () => {
    const service = databaseService({ engine: "postgres", databaseName: "shop", masterUsername: "owner" });
    expect(service.environment).toMatchObject({ POSTGRES_DB: "shop", POSTGRES_USER: "owner" });
    expect(service.healthcheck?.test.slice(-2)).toEqual(["--username=owner", "--dbname=shop"]);
  });

  test("is MySQL with a user of its own, whose root nobody knows", () => {
    expect(databaseService({ engine: "mysql" })).toEqual({
      image: "mysql:8.4.11",
      environment: {
        MYSQL_DATABASE: "app",
        MYSQL_PASSWORD: "${MYSQL_PASSWORD:?set MYSQL_PASSWORD in .env}",
        MYSQL_RANDOM_ROOT_PASSWORD: "yes",
        MYSQL_USER: "admin",
      },
      volumes: [{ type: "volume", source: "database-data", target: "/var/lib/mysql" }],
      healthcheck: {
        test: ["CMD", "mysqladmin", "ping", "--host=127.0.0.1", "--silent"],
        interval: "5s",
        timeout: "5s",
        retries: 10,
        start_period: "30s",
      },
      ports: ["127.0.0.1:3306:3306"],
      networks: ["app-network"],
    });
  });

  test("gives root the password where root is the user, whom the image does not make twice", () => {
    expect(databaseService({ engine: "mysql", masterUsername: "root" }).environment).toEqual({
      MYSQL_DATABASE: "app",
      MYSQL_ROOT_PASSWORD: "${MYSQL_PASSWORD:?set MYSQL_PASSWORD in .env}",
    });
  });
});
