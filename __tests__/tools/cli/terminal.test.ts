import { painter } from "../../../tools/cli/terminal";

describe("painter", () => {
  test.each<[string, boolean, NodeJS.ProcessEnv, string]>([
    ["in a window", true, {}, "\u001b[31mred\u001b[39m"],
    ["where output is piped", false, {}, "red"],
    ["where colours are not wanted", true, { NO_COLOR: "1" }, "red"],
    ["in a dumb terminal", true, { TERM: "dumb" }, "red"],
    ["where colours are forced", false, { FORCE_COLOR: "1" }, "\u001b[31mred\u001b[39m"],
    ["where colours are forced off", false, { FORCE_COLOR: "0" }, "red"],
    ["where an empty NO_COLOR means nothing", true, { NO_COLOR: "" }, "\u001b[31mred\u001b[39m"],
  ])("writes red %s as it should", async (_name, isTerminal, environment, text) => {
    expect((await painter(isTerminal, environment)).red("red")).toBe(text);
  });
});
