import { NeonProvider } from "../../../../modules/database/neon/provider";
import { synth } from "../../../support/synth";

describe(NeonProvider, () => {
  test("is pinned, and takes its account from the environment only", () => {
    const { provider, terraform } = synth((scope) => new NeonProvider(scope, "neon"));
    expect(provider?.["neon"]).toEqual([{}]);
    expect(terraform).toMatchObject({ required_providers: { neon: { source: "kislerdm/neon", version: "0.15.0" } } });
  });
});
