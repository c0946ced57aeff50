import { UpstashProvider } from "../../../../modules/cache/upstash/provider";
import { synth } from "../../../support/synth";

describe("UpstashProvider", () => {
  test("is pinned, and takes its account from the environment only", () => {
    const { provider, terraform } = synth((scope) => new UpstashProvider(scope, "upstash"));
    expect(provider?.["upstash"]).toEqual([{}]);
    expect(terraform).toMatchObject({
      required_providers: { upstash: { source: "upstash/upstash", version: "2.0.1" } },
    });
  });
});
