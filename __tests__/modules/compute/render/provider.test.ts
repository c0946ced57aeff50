import { RenderProvider } from "../../../../modules/compute/render/provider";
import { synth } from "../../../support/synth";

describe(RenderProvider, () => {
  test("is pinned, and takes its account from the environment only", () => {
    const { provider, terraform } = synth((scope) => new RenderProvider(scope, "render"));
    expect(provider?.["render"]).toEqual([{}]);
    expect(terraform).toMatchObject({
      required_providers: { render: { source: "render-oss/render", version: "1.9.1" } },
    });
  });
});
