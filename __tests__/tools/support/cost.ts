import { estimate, type Line } from "../../../tools/cost/estimate";
import { arithmetic } from "../../../tools/cost/render";
import { awsStacks } from "./synthesized";

/** What one stack of resources costs, in us-east-1: each line as its words and its arithmetic. */
export function costs(folder: string, resources: Parameters<typeof awsStacks>[1][string]): string[] {
  return lines(folder, resources)
    .filter(({ usdPerMonth }) => usdPerMonth !== "depends on usage")
    .map((line) => `${line.what}: ${arithmetic(line)}`);
}

/** The same as lines, those that depend on usage too. */
export function lines(folder: string, resources: Parameters<typeof awsStacks>[1][string]): readonly Line[] {
  return estimate(awsStacks(folder, { "prod-one": resources })).lines;
}
