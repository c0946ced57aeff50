import { Script } from "node:vm";
import { SCRIPT } from "../../../../../tools/review/render/html/script";

describe("the page's script", () => {
  test("is a script", () => {
    expect(() => new Script(SCRIPT)).not.toThrow();
    expect(() => new Script(`${SCRIPT})`)).toThrow("Unexpected token");
  });

  test("writes no markup, runs no text and asks nobody", () => {
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|fetch|XMLHttp|import\(/,
    );
    expect(SCRIPT).not.toMatch(/<\/?script|<!--/i);
  });
});
