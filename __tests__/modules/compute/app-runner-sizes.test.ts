import { APP_RUNNER_SIZES, appRunnerSizeProblem } from "../../../modules/compute/app-runner-sizes";

describe("appRunnerSizeProblem", () => {
  test.each(
    APP_RUNNER_SIZES.flatMap(({ cpuUnits, memoryMiB }) => memoryMiB.map((memory) => [cpuUnits, memory] as const)),
  )("passes %i CPU units with %i MiB", (cpuUnits, memoryMiB) => {
    expect(appRunnerSizeProblem(cpuUnits, memoryMiB)).toBeUndefined();
  });

  test.each([
    [128, 512, "cpuUnits must be one of 256, 512, 1024, 2048, 4096, got 128"],
    [8192, 16_384, "cpuUnits must be one of 256, 512, 1024, 2048, 4096, got 8192"],
    [256, 2048, "memoryMiB must be one of 512, 1024 with cpuUnits 256, got 2048"],
    [512, 512, "memoryMiB must be 1024 with cpuUnits 512, got 512"],
    [4096, 16_384, "memoryMiB must be one of 8192, 10240, 12288 with cpuUnits 4096, got 16384"],
  ])("fails on %i CPU units with %i MiB", (cpuUnits, memoryMiB, message) => {
    expect(appRunnerSizeProblem(cpuUnits, memoryMiB)).toBe(message);
  });
});
