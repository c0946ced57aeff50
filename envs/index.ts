import type { System } from "./environment";
import { prod } from "./prod";
import { staging } from "./staging";

/** Every system that can be chosen, by the name that `GROUNDPLAN_SYSTEM` gives. */
export const systems: Readonly<Record<string, System>> = {
  default: { name: "default", environments: [staging, prod] },
};
