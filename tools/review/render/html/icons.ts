import { trusted, type Markup } from "./markup";

// Drawn in a square of 16; what is inside takes the colour of the text around it.
const ICONS = {
  critical: `<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path class="ink" d="M8 4v5M8 11.2v.8"/>`,
  high: `<path d="M8 1l7.5 13.5H.5z"/><path class="ink" d="M8 5.5v4.2M8 11.8v.6"/>`,
  medium: `<path d="M8 .8L15.2 8 8 15.2.8 8z"/><path class="ink" d="M8 4.5v4.2M8 10.8v.6"/>`,
  low: `<circle cx="8" cy="8" r="7"/><path class="ink" d="M8 7v5M8 4v.6"/>`,
  good: `<circle cx="8" cy="8" r="7.2"/><path class="ink" d="M4.6 8.4l2.3 2.3 4.6-5"/>`,
  changes: `<circle cx="8" cy="8" r="7.2"/><path class="ink" d="M4.5 6.2h7M9.3 3.9l2.3 2.3-2.3 2.3M11.5 10.2h-7M6.7 7.9l-2.3 2.3 2.3 2.3"/>`,
  blocked: `<circle cx="8" cy="8" r="7.2"/><path class="ink" d="M4 8h8"/>`,
  failed: `<circle cx="8" cy="8" r="7.2"/><path class="ink" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"/>`,
} as const;

/** Name of an icon. */
export type IconName = keyof typeof ICONS;

/** The drawings, once for the page. */
export function iconSheet(): Markup {
  const symbols = Object.entries(ICONS).map(
    ([name, drawing]) => `<symbol id="icon-${name}" viewBox="0 0 16 16">${drawing}</symbol>`,
  );
  return trusted(
    `<svg class="sheet" width="0" height="0" aria-hidden="true" focusable="false">${symbols.join("")}</svg>`,
  );
}

/** An icon beside words that say the same: it is silent. */
export function icon(name: IconName): Markup {
  return trusted(
    `<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false"><use href="#icon-${name}"/></svg>`,
  );
}
