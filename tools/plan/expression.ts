/** A Terraform expression, as far as synthesized JSON uses the language. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: ReadonlyArray<readonly [Expression, Expression]> }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "root"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  | { readonly kind: "splat"; readonly of: Expression; readonly each: Expression }
  | {
      readonly kind: "for";
      readonly names: readonly string[];
      readonly of: Expression;
      readonly key?: Expression;
      readonly body: Expression;
    }
  | { readonly kind: "choice"; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Expression[] };

/** The name a splat gives to the element it stands at. */
export const SPLAT_ELEMENT = "splat element";

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*)|(\.\.\.|=>|==|!=|<=|>=|&&|\|\||[[\]{}().,:?=<>+\-*/%!"]))/y;
const OPERATORS = ["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"];

/** Parses a string of synthesized JSON: text with `${…}` in it. Throws where the text is beyond this grammar. */
export function parseTemplate(text: string): Expression {
  const parser = new Parser(text);
  const template = parser.template(false);
  if (!parser.atEnd()) throw parser.problem();
  return template;
}

class Parser {
  private position = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    return this.position >= this.text.length;
  }

  problem(): Error {
    return new Error(`not understood at character ${this.position}: ${this.text}`);
  }

  /** Text with interpolations, up to the end or, in quotes, up to the closing quote. */
  template(quoted: boolean): Expression {
    const parts: Expression[] = [];
    let literal = "";
    const flush = () => {
      if (literal !== "") parts.push({ kind: "literal", value: literal });
      literal = "";
    };
    while (!this.atEnd() && !(quoted && this.text[this.position] === '"')) {
      const rest = this.text.slice(this.position, this.position + 3);
      if (rest === "$${" || rest === "%%{") {
        literal += rest.slice(1);
        this.position += 3;
      } else if (rest.startsWith("${")) {
        flush();
        this.position += 2;
        parts.push(this.expression());
        this.expect("}");
      } else if (quoted && rest.startsWith("\\")) {
        literal += unescaped(rest[1] ?? "");
        this.position += 2;
      } else {
        literal += rest[0];
        this.position += 1;
      }
    }
    flush();
    if (parts.length === 0) return { kind: "literal", value: "" };
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "template", parts };
  }

  private expression(): Expression {
    const condition = this.operation();
    if (!this.take("?")) return condition;
    const yes = this.expression();
    this.expect(":");
    return { kind: "choice", condition, yes, no: this.expression() };
  }

  private operation(): Expression {
    const operands = [this.operand()];
    let operator: string | undefined;
    for (let next = this.peek(); OPERATORS.includes(next); next = this.peek()) {
      operator = this.take(next) ? next : operator;
      operands.push(this.operand());
    }
    const [only] = operands;
    return operator === undefined && only !== undefined
      ? only
      : { kind: "operation", operator: operator ?? "", operands };
  }

  private operand(): Expression {
    if (this.take("!")) return { kind: "operation", operator: "!", operands: [this.operand()] };
    if (this.take("-"))
      return { kind: "operation", operator: "-", operands: [{ kind: "literal", value: 0 }, this.operand()] };
    return this.traversal(this.primary());
  }

  private primary(): Expression {
    if (this.take("(")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    if (this.take('"')) {
      const inner = this.template(true);
      this.expect('"');
      return inner;
    }
    if (this.take("[")) return this.peek() === "for" ? this.loop("]") : { kind: "list", items: this.items("]") };
    if (this.take("{")) return this.peek() === "for" ? this.loop("}") : this.object();
    const token = this.next();
    if (/^\d/.test(token)) return { kind: "literal", value: Number(token) };
    if (!/^[A-Za-z_]/.test(token)) throw this.problem();
    if (token === "true" || token === "false") return { kind: "literal", value: token === "true" };
    if (token === "null") return { kind: "literal", value: null };
    return this.take("(") ? { kind: "call", name: token, args: this.items(")") } : { kind: "root", name: token };
  }

  /** Everything that may follow a value: `.name`, `[key]`, `[*]`, `.*`, `.0`. */
  private traversal(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.take(".")) {
        if (this.take("*")) return this.splat(value);
        const name = this.next();
        value = /^\d/.test(name)
          ? { kind: "index", of: value, key: { kind: "literal", value: Number(name) } }
          : { kind: "attribute", of: value, name };
      } else if (this.take("[")) {
        if (this.take("*")) {
          this.expect("]");
          return this.splat(value);
        }
        const key = this.expression();
        this.expect("]");
        value = { kind: "index", of: value, key };
      } else {
        return value;
      }
    }
  }

  private splat(of: Expression): Expression {
    return { kind: "splat", of, each: this.traversal({ kind: "root", name: SPLAT_ELEMENT }) };
  }

  private loop(closing: string): Expression {
    this.expect("for");
    const names = [this.next()];
    if (this.take(",")) names.push(this.next());
    this.expect("in");
    const of = this.expression();
    this.expect(":");
    const first = this.expression();
    const body = this.take("=>") ? this.expression() : undefined;
    this.take("...");
    if (this.take("if")) this.expression();
    this.expect(closing);
    return body === undefined ? { kind: "for", names, of, body: first } : { kind: "for", names, of, key: first, body };
  }

  private items(closing: string): Expression[] {
    const items: Expression[] = [];
    while (!this.take(closing)) {
      items.push(this.expression());
      this.take("...");
      if (!this.take(",") && this.peek() !== closing) throw this.problem();
    }
    return items;
  }

  private object(): Expression {
    const entries: Array<readonly [Expression, Expression]> = [];
    while (!this.take("}")) {
      const key = this.expression();
      if (!this.take("=") && !this.take(":")) throw this.problem();
      entries.push([key.kind === "root" ? { kind: "literal", value: key.name } : key, this.expression()]);
      this.take(",");
    }
    return { kind: "object", entries };
  }

  private peek(): string {
    const start = this.position;
    const token = this.scan();
    this.position = start;
    return token ?? "";
  }

  private take(token: string): boolean {
    const start = this.position;
    if (this.scan() === token) return true;
    this.position = start;
    return false;
  }

  private next(): string {
    const token = this.scan();
    if (token === undefined) throw this.problem();
    return token;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw this.problem();
  }

  private scan(): string | undefined {
    TOKEN.lastIndex = this.position;
    const match = TOKEN.exec(this.text);
    if (match === null) return undefined;
    this.position = TOKEN.lastIndex;
    return match[1] ?? match[2] ?? match[3];
  }
}

function unescaped(character: string): string {
  return { n: "\n", t: "\t", r: "\r" }[character] ?? character;
}
