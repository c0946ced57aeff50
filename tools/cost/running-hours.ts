import { listOf, objectOf, stringOf } from "../json";
import type { Resource, Synthesized } from "../plan/synthesized";
import { HOURS_PER_MONTH } from "./prices";
import { weeklyAverage, type Setting } from "./week";

/** Hours of a month that something is billed for although it is stopped until somebody needs it. */
const ON_DEMAND_HOURS = 10;

/** How much of a month something runs. */
export interface RunningHours {
  readonly hours: number;
  /**
   * Why it is not all of it, or what was assumed.
   * @default - it runs all the time
   */
  readonly note?: string;
}

const ALWAYS: RunningHours = { hours: HOURS_PER_MONTH };
const ON_DEMAND: RunningHours = {
  hours: ON_DEMAND_HOURS,
  note: `stopped until it is needed, assumed to run ${ON_DEMAND_HOURS} h a month`,
};
const NAMES = ["identifier", "cluster_identifier", "name", "service_name"];

/** How much of a month a resource runs: less if EventBridge Scheduler stops and starts it, or if it is stopped until needed. */
export function runningHours(resource: Resource, system: Synthesized): RunningHours {
  if (system.text(resource, "tags", "Schedule") === "on-demand") return ON_DEMAND;
  const settings = system.ofType("aws_scheduler_schedule").flatMap((schedule) => settingOf(schedule, resource, system));
  if (settings.length === 0) return ALWAYS;
  if (settings.every(({ value }) => value === 0)) return ON_DEMAND;
  return shareOf(settings, 1);
}

/** How much of a month a scalable target runs at `normal`, its capacity outside off-hours. */
export function scaledHours(target: Resource | undefined, normal: number, system: Synthesized): RunningHours {
  if (target === undefined) return ALWAYS;
  const settings = system.ofType("aws_appautoscaling_scheduled_action").flatMap((action): Setting[] => {
    const schedule = system.text(action, "schedule");
    const names = ["resource_id", "scalable_dimension"];
    const same =
      system
        .references(
          action,
          names.map((name) => action.config[name]),
        )
        .includes(target) ||
      (action.stack === target.stack && names.every((name) => action.config[name] === target.config[name]));
    if (!same || schedule === undefined) return [];
    const capacity = (bound: string) =>
      system.number(action, "scalable_target_action", bound) ??
      system.number(action, "scalable_target_action", 0, bound);
    const value = capacity("min_capacity") ?? capacity("max_capacity");
    return value === undefined ? [] : [{ schedule, value }];
  });
  return settings.length === 0 ? ALWAYS : shareOf(settings, normal);
}

function shareOf(settings: readonly Setting[], normal: number): RunningHours {
  const average = weeklyAverage(settings);
  const schedules = settings.map(({ schedule }) => schedule).join(", ");
  if (average === undefined) {
    return { ...ALWAYS, note: `its schedule has no weekly pattern (${schedules}); counted as always running` };
  }
  const share = average / normal;
  return { hours: HOURS_PER_MONTH * share, note: `runs ${percent(share)} of the time (${schedules})` };
}

/** What a schedule sets a resource to: 0 if it stops it, 1 if it starts it, nothing if it is about something else. */
function settingOf(schedule: Resource, resource: Resource, system: Synthesized): Setting[] {
  const expression = system.text(schedule, "schedule_expression");
  const enabled = system.text(schedule, "state") !== "DISABLED";
  const target = Array.isArray(schedule.config["target"])
    ? objectOf(listOf(schedule.config["target"])[0])
    : objectOf(schedule.config["target"]);
  const action = /:(stop|start)\w+$/i.exec(stringOf(target["arn"]) ?? "")?.[1]?.toLowerCase();
  if (expression === undefined || action === undefined || !enabled) return [];
  const input = stringOf(target["input"]) ?? "";
  const named = NAMES.map((name) => system.text(resource, name)).some(
    (name) => name !== undefined && input.includes(JSON.stringify(name)),
  );
  if (!named && !system.references(schedule, input).includes(resource)) return [];
  return [{ schedule: expression, value: action === "stop" ? 0 : 1 }];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
