import { VercelProvider } from "../../../../modules/edge/vercel/provider";
import { synth } from "../../../support/synth";

describe(VercelProvider, () => {
  test("is pinned, and takes its account from the environment only", () => {
    const { provider, terraform } = synth((scope) => new VercelProvider(scope, "vercel"));
    expect(provider?.["vercel"]).toEqual([{}]);
    expect(terraform).toMatchObject({ required_providers: { vercel: { source: "vercel/vercel", version: "5.10.0" } } });
  });
});
