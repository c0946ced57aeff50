import { accessStringProblem, DEFAULT_ACCESS_STRING } from "../../../modules/cache/access-string";

describe("accessStringProblem", () => {
  test.each([
    DEFAULT_ACCESS_STRING,
    "on ~* +@all",
    "on %R~app:* resetchannels &app:* -@all +get +client|setname",
    "${TfToken[TOKEN.1]}",
    undefined,
  ])("passes %s", (value) => {
    expect(accessStringProblem("accessString", value)).toBeUndefined();
  });

  test.each(["", "on", "off ~* -@all", "on ~* +@all >secret", "on ~* +@all nopass", "~* +@all"])(
    "fails on %j",
    (value) => {
      expect(accessStringProblem("accessString", value)).toBe(
        `accessString must be access rules without password such as "${DEFAULT_ACCESS_STRING}", got ${JSON.stringify(value)}`,
      );
    },
  );
});
