import { isUnresolved, notMatching, shown } from "../validation";

// Pure on purpose, like every settings file: the hours in which RDS and ElastiCache back up and maintain, in UTC.

const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`);
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = DAYS.length * DAY_MINUTES;

/** The problem with a daily window such as `02:00-03:00`, which may run past midnight. */
export function dailyWindowProblem(name: string, window: string | undefined, minMinutes: number): string | undefined {
  const malformed = notMatching(name, window, DAILY, "hh:mm-hh:mm in UTC");
  return malformed ?? tooShort(name, window, minMinutes, dailySpan(window)?.minutes);
}

/** The problem with a weekly window such as `sun:03:30-sun:04:30`, which may run past Sunday night. */
export function weeklyWindowProblem(name: string, window: string | undefined, minMinutes: number): string | undefined {
  const malformed = notMatching(name, window, WEEKLY, "ddd:hh:mm-ddd:hh:mm in UTC");
  return malformed ?? tooShort(name, window, minMinutes, weeklySpan(window)?.minutes);
}

/** The problem with a daily window that overlaps the weekly one on any day; AWS refuses such a pair. */
export function overlapProblem(
  dailyName: string,
  daily: string | undefined,
  weeklyName: string,
  weekly: string | undefined,
): string | undefined {
  const day = dailySpan(daily);
  const week = weeklySpan(weekly);
  if (day === undefined || week === undefined) return undefined;
  const overlaps = DAYS.some((_, index) => {
    const gap = modulo(index * DAY_MINUTES + day.start - week.start, WEEK_MINUTES);
    return gap < week.minutes || gap + day.minutes > WEEK_MINUTES;
  });
  return overlaps ? `${dailyName} must be outside ${weeklyName}, got ${shown(daily)} and ${shown(weekly)}` : undefined;
}

interface Span {
  /** Minutes after midnight, or after Monday's midnight. */
  readonly start: number;
  readonly minutes: number;
}

function dailySpan(window: string | undefined): Span | undefined {
  const parts = window === undefined ? null : DAILY.exec(window);
  if (parts === null) return undefined;
  return span(minuteOf(parts[1], parts[2]), minuteOf(parts[3], parts[4]), DAY_MINUTES);
}

function weeklySpan(window: string | undefined): Span | undefined {
  const parts = window === undefined ? null : WEEKLY.exec(window);
  if (parts === null) return undefined;
  const minuteOfWeek = (day: string | undefined, hour: string | undefined, minute: string | undefined) =>
    DAYS.indexOf(day ?? "") * DAY_MINUTES + minuteOf(hour, minute);
  return span(minuteOfWeek(parts[1], parts[2], parts[3]), minuteOfWeek(parts[4], parts[5], parts[6]), WEEK_MINUTES);
}

function span(start: number, end: number, period: number): Span {
  return { start, minutes: modulo(end - start, period) };
}

function minuteOf(hour: string | undefined, minute: string | undefined): number {
  return Number(hour) * 60 + Number(minute);
}

function modulo(value: number, period: number): number {
  return ((value % period) + period) % period;
}

function tooShort(name: string, window: string | undefined, minMinutes: number, minutes: number | undefined) {
  if (minutes === undefined || isUnresolved(window) || minutes >= minMinutes) return undefined;
  return `${name} must be at least ${minMinutes} minutes long, got ${shown(window)}`;
}
