import { action, place } from "../../../../../tools/review/render/html/object-name";
import { ACTION_KEYS, labelOfKey } from "../../../../../tools/review/render/action-label";

describe("action", () => {
  test.each(ACTION_KEYS)("%s has a symbol that is silent and a word that is not", (key) => {
    const label = labelOfKey(key);
    const symbol = label.symbol.replace("<", "&lt;");
    expect(action(label).text).toBe(
      `<span class="act ${key}"><span aria-hidden="true">${symbol}</span> ${label.word}</span>`,
    );
  });
});

describe("place", () => {
  test.each([
    ["db/instance", "db/instance in prod-data"],
    ["", "in prod-data"],
  ])("of %j is %j", (construct, said) => {
    expect(place({ construct, stack: "prod-data" })).toBe(said);
  });
});
