import { CLOUDFLARE_IPV4_RANGES } from "../../../modules/edge/cloudflare-ranges";

describe("CLOUDFLARE_IPV4_RANGES", () => {
  test("are 15 networks, each once and none of them the whole world", () => {
    expect(new Set(CLOUDFLARE_IPV4_RANGES).size).toBe(15);
    for (const range of CLOUDFLARE_IPV4_RANGES) {
      const [, a = "", b = "", c = "", d = "", bits = ""] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(range) ?? [];
      const address = ((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d);
      expect(Number(bits)).toBeGreaterThanOrEqual(12);
      expect(address % 2 ** (32 - Number(bits))).toBe(0); // a network, not a host in one
    }
  });

  test("fit into the 60 rules of one security group, for two ports", () => {
    expect(CLOUDFLARE_IPV4_RANGES.length * 2).toBeLessThanOrEqual(60);
  });
});
