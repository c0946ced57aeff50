import fc from "fast-check";
import { addressesOf, cidrContains, isInternet, isPublic } from "../../../../../tools/review/meaning/network/cidr-set";

/** A block of IPv4, with its bits and its address. */
const block = fc.tuple(fc.nat(32), fc.integer({ min: 0, max: 2 ** 32 - 1 })).map(([bits, address]) => ({
  bits,
  text: `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".")}/${bits}`,
}));

describe("cidrContains", () => {
  test.each([
    ["10.0.0.0/8", "10.0.0.0/9", true],
    ["10.0.0.0/8", "10.128.0.0/9", true],
    ["10.0.0.0/9", "10.0.0.0/8", false],
    ["10.0.0.0/8", "11.0.0.0/8", false],
    ["10.1.2.3/8", "10.200.0.0/16", true],
    ["10.0.0.0/8", "10.0.0.1", true],
    ["0.0.0.0/0", "1.2.3.4/32", true],
    ["0.0.0.0/0", "::/0", false],
    ["::/0", "0.0.0.0/0", false],
    ["::/0", "2001:db8::/32", true],
    ["2001:db8::/32", "2001:DB8:0:1::/64", true],
    ["2001:db8::/32", "2001:db9::/32", false],
    ["fd00::/8", "fd12:3456:789a:1::1/128", true],
    ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8/128", true],
  ])("%s over %s is %j", (outer, inner, expected) => {
    expect(cidrContains(outer, inner)).toBe(expected);
  });

  test.each([
    ...[
      "",
      "/8",
      "10.0.0/8",
      "10.0.0.0.0/8",
      "10.0.0.256/32",
      "10.0.0.0/33",
      "10..0.0/8",
      "10.0.0.0/-1",
      "10.0.0.0/",
      "0x0a.0.0.0/8",
    ],
    ...[
      "::/129",
      "1::2::3/64",
      ":::/0",
      "12345::/16",
      "1:2:3:4:5:6:7/64",
      "1:2:3:4:5:6:7:8::/64",
      "::ffff:10.0.0.0/104",
    ],
    ...["group sg-1", "${aws_vpc.main.cidr_block}", "sg-1"],
  ])("%j is no block", (text) => {
    expect(addressesOf(text)).toBeUndefined();
    expect(cidrContains(text, "10.0.0.0/8")).toBeUndefined();
    expect(cidrContains("10.0.0.0/8", text)).toBeUndefined();
  });

  test("is the same as having both ends, for any two blocks", () => {
    fc.assert(
      fc.property(block, block, (outer, inner) => {
        const [a, b] = [addressesOf(outer.text), addressesOf(inner.text)];
        if (a === undefined || b === undefined) throw new Error("a block was not read");
        expect(a.last - a.first + 1n).toBe(2n ** BigInt(32 - outer.bits));
        expect(cidrContains(outer.text, inner.text)).toBe(a.first <= b.first && b.last <= a.last);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  test("finds both halves in a block, and the block in neither", () => {
    fc.assert(
      fc.property(
        block.filter(({ bits }) => bits < 32),
        ({ text, bits }) => {
          const whole = addressesOf(text);
          if (whole === undefined) throw new Error("a block was not read");
          const address = (number: bigint) => [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
          const halves = [whole.first, whole.first + (whole.last - whole.first + 1n) / 2n].map(
            (first) => `${address(first)}/${bits + 1}`,
          );
          expect(halves.map((half) => [cidrContains(text, half), cidrContains(half, text)])).toEqual([
            [true, false],
            [true, false],
          ]);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe("isInternet", () => {
  test.each([
    ["0.0.0.0/0", true],
    ["1.2.3.4/0", true],
    ["0.0.0.0/1", true],
    ["128.0.0.0/1", true],
    ["0.0.0.0/2", false],
    ["::/0", true],
    ["8000::/1", true],
    ["2000::/3", true],
    ["::/2", true],
    ["2000::/4", false],
    ["2001:db8::/32", false],
    ["10.0.0.0/8", false],
    ["everything", false],
  ])("of %s is %j", (cidr, expected) => {
    expect(isInternet(cidr)).toBe(expected);
  });
});

describe("isPublic", () => {
  test.each([
    ["10.0.0.0/8", false],
    ["10.0.0.0/7", true],
    ["172.16.0.0/12", false],
    ["172.32.0.0/16", true],
    ["172.0.0.0/8", true],
    ["192.168.1.0/24", false],
    ["192.169.0.0/16", true],
    ["100.64.0.0/10", false],
    ["100.128.0.0/16", true],
    ["127.0.0.1/32", false],
    ["169.254.169.254/32", false],
    ["203.0.113.7/32", true],
    ["fd00::/8", false],
    ["fe80::1/128", false],
    ["::1/128", false],
    ["2001:db8::/32", true],
    ["0.0.0.0/0", true],
    // What cannot be read may be anything.
    ["${var.office}/32", true],
  ])("of %s is %j", (cidr, expected) => {
    expect(isPublic(cidr)).toBe(expected);
  });
});
