import { SEVERITIES, type Severity } from "../../review";
import { icon } from "./icons";
import { html, type Markup } from "./markup";

/** How grave something is: a shape, a word and a colour. */
export function badge(severity: Severity): Markup {
  return html`<span class="badge ${severity}">${icon(severity)}${severity}</span>`;
}

/** How many there are that are so grave; the word is there for who does not see the shape. */
export function tally(severity: Severity, count: number): Markup {
  return html`<span class="badge ${severity}">${icon(severity)}${count}<span class="vh"> ${severity}</span></span>`;
}

/** How many there are of each severity, the gravest first, none left out that is there. */
export function bySeverity(all: ReadonlyArray<{ readonly severity: Severity }>): Array<readonly [Severity, number]> {
  return SEVERITIES.map(
    (severity) => [severity, all.filter((one) => one.severity === severity).length] as const,
  ).filter(([, count]) => count > 0);
}
