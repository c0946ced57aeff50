const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MINUTES_PER_DAY = 24 * 60;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/** Something that is set to a value at some minutes of every week. */
export interface Setting {
  /** A cron expression of AWS, such as `cron(0 20 ? * MON-FRI *)`. */
  readonly schedule: string;
  readonly value: number;
}

/**
 * The minutes of a week, counted from Sunday 00:00, at which a cron expression of AWS fires. Undefined for one that has no weekly
 * pattern (a day of the month, a month, a year) or is none (`rate(…)`, `at(…)`).
 */
export function minutesOfWeek(schedule: string): number[] | undefined {
  const fields = /^cron\((.+)\)$/.exec(schedule.trim())?.[1]?.split(/\s+/) ?? [];
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6 || !/^[*?]$/.test(dayOfMonth) || month !== "*" || year !== "*") return undefined;
  const days = valuesOf(named(dayOfWeek), 1, 7);
  const hours = valuesOf(hour, 0, 23);
  const minutes = valuesOf(minute, 0, 59);
  if (days === undefined || hours === undefined || minutes === undefined) return undefined;
  return days
    .flatMap((day) => hours.flatMap((h) => minutes.map((m) => (day - 1) * MINUTES_PER_DAY + h * 60 + m)))
    .sort((a, b) => a - b);
}

/** The average over a week of something that keeps each value until the next; undefined if a schedule has no weekly pattern. */
export function weeklyAverage(settings: readonly Setting[]): number | undefined {
  const events: Array<{ readonly at: number; readonly value: number }> = [];
  for (const { schedule, value } of settings) {
    const minutes = minutesOfWeek(schedule);
    if (minutes === undefined) return undefined;
    events.push(...minutes.map((at) => ({ at, value })));
  }
  events.sort((a, b) => a.at - b.at);
  const [first] = events;
  if (first === undefined) return undefined;
  const total = events.reduce((sum, { at, value }, index) => {
    const next = events[index + 1]?.at ?? first.at + MINUTES_PER_WEEK;
    return sum + value * (next - at);
  }, 0);
  return total / MINUTES_PER_WEEK;
}

function named(days: string): string {
  return days.toUpperCase().replaceAll(/[A-Z]+/g, (name) => String(DAYS.indexOf(name) + 1));
}

/** The values of one field: `*`, `?`, `5`, `1,3`, `2-6`, `0/15`, and a range that runs over the end, as `FRI-MON` does. */
function valuesOf(field: string, min: number, max: number): number[] | undefined {
  const values: number[] = [];
  for (const part of field.split(",")) {
    const match = /^(?:[*?]|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, from, to, every] = match;
    const start = from === undefined ? min : Number(from);
    const end = to !== undefined ? Number(to) : from === undefined || every !== undefined ? max : start;
    const step = every === undefined ? 1 : Number(every);
    if (start < min || start > max || end < min || end > max || step < 1) return undefined;
    const length = (end - start + (end < start ? max - min + 1 : 0)) / step;
    for (let index = 0; index <= length; index += 1) {
      values.push(((start - min + index * step) % (max - min + 1)) + min);
    }
  }
  return [...new Set(values)];
}
