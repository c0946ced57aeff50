import { notMatching, outOfRange } from "../validation";

/** What an environment chooses about an EC2 instance. */
export interface SessionHostSettings {
  /**
   * EC2 type. Its family decides the instruction set: Graviton families (`t4g`, `m7g`) run arm64 images, all others x86_64.
   * @default "t4g.micro"
   */
  readonly instanceType?: string;

  /**
   * Encrypted disk, 8 to 16384: the system, 1 of swap, and two images of each container while one replaces the other.
   * @default 16
   */
  readonly diskGiB?: number;
}

/** Instruction set of an EC2 type. Source: Amazon EC2 user guide, instance type names: a `g` after the generation, read in 2026-11. */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}

/** A host's settings with every default filled in. */
export function sessionHostOf(settings: SessionHostSettings): Required<SessionHostSettings> {
  const { instanceType = "t4g.micro", diskGiB = 16 } = settings;
  return { instanceType, diskGiB };
}

/** Every problem of a host. Source of 8 and 16384: size of the Amazon Linux 2023 image; Amazon EBS user guide, gp3, read in 2026-11. */
export function sessionHostProblems(settings: SessionHostSettings): Array<string | undefined> {
  const { instanceType, diskGiB } = sessionHostOf(settings);
  return [
    notMatching("instanceType", instanceType, /^[a-z][a-z0-9-]*\.[a-z0-9]+$/, "an EC2 type such as t4g.micro"),
    outOfRange("diskGiB", diskGiB, 8, 16_384),
  ];
}
