import fc from "fast-check";
import { Token } from "cdktf";
import { FARGATE_SIZES, fargateSizeProblem } from "../../../modules/compute/fargate-sizes";

const pairs = FARGATE_SIZES.flatMap(({ cpuUnits, memoryMiB }) =>
  memoryMiB.map((memory) => [cpuUnits, memory] as const),
);

describe("FARGATE_SIZES", () => {
  test("is AWS's table", () => {
    const shape = FARGATE_SIZES.map(({ cpuUnits, memoryMiB }) => [
      cpuUnits,
      memoryMiB.length,
      memoryMiB[0],
      memoryMiB[1],
      memoryMiB.at(-1),
    ]);
    expect(shape).toEqual([
      [256, 3, 512, 1024, 2048],
      [512, 4, 1024, 2048, 4096],
      [1024, 7, 2048, 3072, 8192],
      [2048, 13, 4096, 5120, 16_384],
      [4096, 23, 8192, 9216, 30_720],
      [8192, 12, 16_384, 20_480, 61_440],
      [16_384, 12, 32_768, 40_960, 122_880],
    ]);
  });
});

describe("fargateSizeProblem", () => {
  test.each(pairs)("passes %i CPU units with %i MiB", (cpuUnits, memoryMiB) => {
    expect(fargateSizeProblem(cpuUnits, memoryMiB)).toBeUndefined();
  });

  test("refuses every other memory size a CPU size has neighbours for", () => {
    const legal = new Set(pairs.map(([cpuUnits, memoryMiB]) => `${cpuUnits}/${memoryMiB}`));
    for (const { cpuUnits } of FARGATE_SIZES) {
      for (let memoryMiB = 256; memoryMiB <= 131_072; memoryMiB += 256) {
        expect(fargateSizeProblem(cpuUnits, memoryMiB) === undefined).toBe(legal.has(`${cpuUnits}/${memoryMiB}`));
      }
    }
  });

  test.each([
    [
      256,
      4096,
      "memoryMiB must be 512, 1024 or 2048 with cpuUnits 256, got 4096; the nearest legal pair is cpuUnits 512 with memoryMiB 4096",
    ],
    [
      512,
      512,
      "memoryMiB must be 1024 to 4096 in steps of 1024 with cpuUnits 512, got 512; the nearest legal pair is cpuUnits 512 with memoryMiB 1024",
    ],
    [
      8192,
      17_408,
      "memoryMiB must be 16384 to 61440 in steps of 4096 with cpuUnits 8192, got 17408; the nearest legal pair is cpuUnits 8192 with memoryMiB 16384",
    ],
    [
      300,
      512,
      "cpuUnits must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300; the nearest legal pair is cpuUnits 256 with memoryMiB 512",
    ],
    [
      0.25,
      512,
      "cpuUnits must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 0.25; the nearest legal pair is cpuUnits 256 with memoryMiB 512",
    ],
    [
      16_384,
      -1,
      "memoryMiB must be 32768 to 122880 in steps of 8192 with cpuUnits 16384, got -1; the nearest legal pair is cpuUnits 16384 with memoryMiB 32768",
    ],
  ])("fails on %d CPU units with %d MiB", (cpuUnits, memoryMiB, message) => {
    expect(fargateSizeProblem(cpuUnits, memoryMiB)).toBe(message);
  });

  test("names a pair that is itself legal, whatever it is asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 200_000 }), fc.integer({ min: -10, max: 200_000 }), (cpu, memory) => {
        const problem = fargateSizeProblem(cpu, memory);
        if (problem === undefined) return;
        const [, nearCpu, nearMemory] = /pair is cpuUnits (\d+) with memoryMiB (\d+)$/.exec(problem) ?? [];
        expect(fargateSizeProblem(Number(nearCpu), Number(nearMemory))).toBeUndefined();
      }),
    );
  });

  test("lets values pass that only Terraform knows", () => {
    const token = Token.asNumber("${var.size}");
    expect(fargateSizeProblem(token, 1)).toBeUndefined();
    expect(fargateSizeProblem(256, token)).toBeUndefined();
  });
});
