import { connectStatement } from "../../../modules/cache/connect-statement";

describe("connectStatement", () => {
  test("allows one action on the cache and the user, and nothing else", () => {
    expect(connectStatement("arn:cache", "arn:user")).toEqual({
      Sid: "ConnectToCache",
      Effect: "Allow",
      Action: ["elasticache:Connect"],
      Resource: ["arn:cache", "arn:user"],
    });
  });
});
