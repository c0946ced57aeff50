/** Markup that may stand in the page as it is. Only `html` and `trusted` make it, so text from a plan can never become an element. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand between tags: text is escaped, markup is not, and nothing stands for undefined or false. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Markup from a template: what is put into it is escaped, in text and in attributes with double quotes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0] ?? "";
  for (let index = 0; index < values.length; index++) text += rendered(values[index]) + (parts[index + 1] ?? "");
  return new Markup(text);
}

/** Text of this program itself, such as its style sheet, as markup. Never for text from a plan. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** Contents with something between them. */
export function joined(contents: readonly Content[], between: string): Markup {
  return new Markup(contents.map(rendered).join(escaped(between)));
}

function rendered(value: Content): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  if (value === undefined || value === false) return "";
  return value.map(rendered).join("");
}

const MEANT = /[&<>"'`]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

// Control characters but tab and line feed, what turns the direction of writing or takes no room, tags, and halves of pairs.
const UNSEEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- they are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const PLAIN = /^[\t\n !#$%(-;=?-_a-~]*$/;

/** Text as it stands in a page: what HTML means something by is escaped, and what cannot be seen is named, as `[U+202E]`. */
export function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSEEN, named).replace(MEANT, (letter) => ENTITIES[letter] ?? "");
}

function named(letter: string): string {
  return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
