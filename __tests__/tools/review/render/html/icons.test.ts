import { icon, iconSheet, type IconName } from "../../../../../tools/review/render/html/icons";

describe("icons", () => {
  test("are drawn once, each under its name, and say nothing aloud", () => {
    const names = [...iconSheet().text.matchAll(/<symbol id="icon-(\w+)"/g)].map((match) => match[1] as IconName);
    expect(names).toEqual(["critical", "high", "medium", "low", "good", "changes", "blocked", "failed"]);
    for (const name of names) expect(icon(name).text).toContain(`aria-hidden="true"`);
    expect(iconSheet().text).toContain('aria-hidden="true"');
  });
});
