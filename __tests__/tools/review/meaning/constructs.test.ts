import { constructsOf } from "../../../../tools/review/meaning/constructs";

const at = (path: unknown) => ({ "//": { metadata: { path } } });
const document = {
  resource: {
    aws_db_instance: {
      database_instance: { ...at("prod-data/database/instance"), lifecycle: { prevent_destroy: true } },
      odd: { ...at(7), lifecycle: [{ create_before_destroy: true, prevent_destroy: "yes" }] },
    },
  },
  data: { aws_ami: { linux: at("prod-data/host/ami") } },
  ephemeral: { random_password: { p: at("prod-data/password") } },
};

describe("constructsOf", () => {
  test.each([
    ["aws_db_instance.database_instance", "database/instance"],
    ["aws_db_instance.database_instance[0]", "database/instance"],
    ['aws_db_instance.database_instance["a.b"]', "database/instance"],
    ["data.aws_ami.linux", "host/ami"],
    ["ephemeral.random_password.p", "password"],
    ["aws_db_instance.odd", ""],
    ["aws_db_instance.other", ""],
    ["module.m.aws_db_instance.database_instance", ""],
    ["constructor.name", ""],
    ["", ""],
  ])("the path of %s is %j", (address, expected) => {
    expect(constructsOf(document).pathOf(address)).toBe(expected);
  });

  test.each<[string, object]>([
    ["aws_db_instance.database_instance", { preventDestroy: true }],
    ["aws_db_instance.database_instance[3]", { preventDestroy: true }],
    ["aws_db_instance.odd", { createBeforeDestroy: true }],
    ["data.aws_ami.linux", {}],
    ["aws_lb.other", {}],
  ])("the lifecycle of %s is %j", (address, expected) => {
    expect(constructsOf(document).lifecycleOf(address)).toEqual(expected);
  });

  test("knows nothing of a stack that cdktf did not synthesize", () => {
    const { pathOf, lifecycleOf } = constructsOf(undefined);
    expect([pathOf("aws_lb.l"), lifecycleOf("aws_lb.l")]).toEqual(["", {}]);
  });
});
