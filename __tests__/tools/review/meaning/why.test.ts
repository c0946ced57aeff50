import { replacePathText, whyDeferred, whyOf } from "../../../../tools/review/meaning/why";
import type { Path } from "../../../../tools/review/value";

describe("whyOf", () => {
  test.each<[string | undefined, readonly Path[], string | undefined]>([
    [undefined, [], undefined],
    [undefined, [["engine"]], "engine cannot be changed in place"],
    ["replace_because_cannot_update", [["engine"], ["db_name"]], "engine, db_name cannot be changed in place"],
    [
      "replace_because_cannot_update",
      [
        ["ebs", -1, "size"],
        ["ebs", -1, "size"],
      ],
      "ebs[…].size cannot be changed in place",
    ],
    ["replace_because_cannot_update", [], "it cannot be changed in place"],
    ["replace_because_tainted", [["engine"]], "it is tainted: an earlier apply left it half made"],
    ["replace_by_request", [], "its replacement was asked for (-replace)"],
    ["replace_by_triggers", [], "something it names in replace_triggered_by changes"],
    ["delete_because_no_resource_config", [], "it is no longer in the configuration"],
    ["delete_because_wrong_repetition", [], "it has count or for_each now and had not, or the other way round"],
    ["delete_because_count_index", [], "its index is beyond count"],
    ["delete_because_each_key", [], "its key is no longer in for_each"],
    ["delete_because_no_module", [], "its module is no longer in the configuration"],
    ["delete_because_no_move_target", [], "what it was to be moved to is not in the configuration"],
    ["read_because_config_unknown", [], "what it asks for is known only during the apply"],
    ["read_because_dependency_pending", [], "something it depends on changes first"],
    ["read_because_check_nested", [], "a check reads it after everything else"],
    ["some_new_reason", [], "some_new_reason"],
    ["constructor", [], "constructor"],
  ])("of %s with %j is: %s", (reason, replacePaths, expected) => {
    expect(whyOf({ ...(reason === undefined ? {} : { reason }), replacePaths })).toBe(expected);
  });
});

describe("whyDeferred", () => {
  test.each([
    ["instance_count_unknown", "how many there are is not known yet"],
    ["resource_config_unknown", "its configuration is not known yet"],
    ["provider_config_unknown", "its provider's configuration is not known yet"],
    ["absent_prereq", "something it depends on does not exist yet"],
    ["deferred_prereq", "something it depends on is put off"],
    ["something_new", "something_new"],
    ["toString", "toString"],
  ])("of %s is: %s", (reason, expected) => {
    expect(whyDeferred(reason)).toBe(expected);
  });
});

describe("replacePathText", () => {
  test.each<[Path, string]>([
    [["a"], "a"],
    [["a", 0, "b"], "a[0].b"],
    [["a", -1, "b"], "a[…].b"],
    [["tags", "a b"], 'tags["a b"]'],
  ])("of %j is %s", (path, expected) => {
    expect(replacePathText(path)).toBe(expected);
  });
});
