// Text for a comment on GitHub. What comes from a plan may have been written by anybody: nothing of it may become markup, ping somebody or link.

/** Text as inline code, in which GitHub makes neither a link nor a mention. On one line. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "` `";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table, where a bar would begin the next one, in code too. */
export function cellCode(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** Words as they are, on one line. A zero-width space keeps `@` and `#` from becoming mentions and links. */
export function words(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]()<>#+!|~&$-]/g, (mark) => ENTITIES[mark] ?? `\\${mark}`)
    .replaceAll("@", "@\u200b")
    .replaceAll("\\#", "\\#\u200b")
    .replaceAll(/(https?):\/\//gi, "$1:\u200b//")
    .replaceAll(/www\./gi, "www\u200b.");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "`": "&#96;",
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "(": "(",
  ")": ")",
  "-": "-",
  "+": "+",
  "!": "!",
  $: "$",
};

/** Text between tags of HTML, such as a summary. */
export function inHtml(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]~|]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replaceAll(/[@#]/g, (mark) => `${mark}\u200b`)
    .replaceAll(/(https?):\/\//gi, "$1:\u200b//")
    .replaceAll(/www\./gi, "www\u200b.");
}

/** Lines in a fence that none of them closes. */
export function fenced(lines: readonly string[], language: string): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines.map((line) => line.replaceAll(/[\r\n]+/g, " ")), fence].join("\n");
}

/** How large a text is, as GitHub counts: code points, and bytes. */
export interface Size {
  readonly points: number;
  readonly bytes: number;
}

/** The size of a text. */
export function sizeOf(text: string): Size {
  let points = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff) index += 1; // two units, one code point
    points += 1;
  }
  return { points, bytes: Buffer.byteLength(text) };
}
