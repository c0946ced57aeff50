import { isObject, type JsonObject } from "../json";

/** A block or an attribute, as far as it was read. */
type Value = string | number | boolean | Value[] | { [key: string]: Value };

const TOKEN =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|<<-?(\w+)\n[\s\S]*?\n\s*\1(?=\n|$)|[A-Za-z_][\w.-]*|-?\d[\w.]*|[{}[\]=,:]/y;

/**
 * Reads a CLI configuration of Terraform, in either of its two syntaxes: a block `host "a" { … }` becomes `{ host: { a: { … } } }`. What is written
 * twice is merged. Undefined where the text is neither.
 */
export function readConfigBlocks(text: string): JsonObject | undefined {
  if (text.trimStart().startsWith("{")) return parsedJson(text);
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const body = reader.body();
  return reader.failed || !reader.atEnd ? undefined : body;
}

function parsedJson(text: string): JsonObject | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    if (!/^(\s|#|\/\/|\/\*)/.test(match[0])) tokens.push(match[0]);
  }
  return tokens;
}

class Reader {
  failed = false;
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  body(): { [key: string]: Value } {
    const body: { [key: string]: Value } = {};
    while (!this.failed && !this.atEnd && this.next !== "}") {
      const names = [this.name()];
      while (!this.failed && this.next !== undefined && !/^[{=:]$/.test(this.next)) names.push(this.name());
      const isBlock = this.next === "{";
      if (!isBlock && names.length > 1) this.failed = true;
      if (!isBlock) this.position += 1;
      put(body, names, this.value());
      if (this.next === ",") this.position += 1;
    }
    return body;
  }

  private get next(): string | undefined {
    return this.tokens[this.position];
  }

  private take(): string {
    const token = this.tokens[this.position];
    this.position += 1;
    if (token === undefined) this.failed = true;
    return token ?? "";
  }

  private name(): string {
    const token = this.take();
    if (!/^["A-Za-z_]/.test(token)) this.failed = true;
    return token.startsWith('"') ? unquoted(token) : token;
  }

  private value(): Value {
    const token = this.take();
    if (token === "{") {
      const body = this.body();
      if (this.take() !== "}") this.failed = true;
      return body;
    }
    if (token === "[") {
      const list: Value[] = [];
      while (!this.failed && this.next !== "]") {
        list.push(this.value());
        if (this.next === ",") this.position += 1;
      }
      this.position += 1;
      return list;
    }
    if (token.startsWith('"')) return unquoted(token);
    if (token.startsWith("<<")) return token.split("\n").slice(1, -1).join("\n");
    if (/^[}\]=,:]$/.test(token)) this.failed = true;
    return token === "true" ? true : token === "false" ? false : /^-?\d+$/.test(token) ? Number(token) : token;
  }
}

function put(body: { [key: string]: Value }, names: readonly string[], value: Value): void {
  const [name = "", ...rest] = names;
  const before = body[name];
  if (rest.length > 0) {
    const inner = isObject(before) ? before : {};
    put(inner, rest, value);
    body[name] = inner;
  } else {
    body[name] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token.replaceAll("\n", "\\n")));
  } catch {
    return token.slice(1, -1);
  }
}
