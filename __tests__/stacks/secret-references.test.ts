import { secretReferences } from "../../stacks/secret-references";
import { context } from "../support/synth";

const sources = {
  database: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds!db-1",
  jwt: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme-test-jwt-AbCdEf",
};

describe("secretReferences", () => {
  test("are nothing for no secret", () => {
    expect(secretReferences(context(), sources, {})).toEqual({ environment: {}, statements: [] });
  });

  test("name a secret by its ARN, whole, and let it be read", () => {
    expect(secretReferences(context(), sources, { JWT: { from: "jwt", key: "private" } })).toEqual({
      environment: { JWT_SECRET_ARN: sources.jwt },
      statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [sources.jwt] }],
    });
  });

  test("make one variable of the user and the password of the database", () => {
    const secrets = {
      DATABASE_USER: { from: "database", key: "username" },
      DATABASE_PASSWORD: { from: "database", key: "password" },
    };
    const { environment, statements } = secretReferences(context(), sources, secrets);
    expect(environment).toEqual({ DATABASE_SECRET_ARN: sources.database });
    expect(statements.map(({ actions }) => actions)).toEqual([["secretsmanager:GetSecretValue"]]);
    expect([...new Set(statements.flatMap(({ resources }) => resources))]).toEqual([sources.database]);
  });

  test("let parameters be read by the action for parameters", () => {
    const { statements } = secretReferences(context(), sources, { KEY: { parameterName: "/acme/key" } });
    expect(statements).toEqual([
      {
        actions: ["ssm:GetParameter", "ssm:GetParameters"],
        resources: ["arn:aws:ssm:eu-west-3:123456789012:parameter/acme/key"],
      },
    ]);
  });
});
