import { partsIn } from "../../../../tools/review/read/parts";

describe("partsIn", () => {
  test("finds the parts of other objects, in modules too, by what is set of them", () => {
    const state = {
      values: {
        root_module: {
          resources: [
            { type: "aws_iam_role_policy", values: { role: "task", name: "own", policy: "{}" } },
            { type: "aws_iam_role", values: { name: "task" } },
          ],
          child_modules: [
            {
              resources: [
                {
                  type: "aws_vpc_security_group_ingress_rule",
                  values: {
                    security_group_id: "sg-1",
                    ip_protocol: "tcp",
                    from_port: 22,
                    to_port: 22,
                    cidr_ipv4: null,
                  },
                },
              ],
            },
          ],
        },
      },
    };
    expect(partsIn(state).map(({ type, values }) => [type, Object.fromEntries(values)])).toEqual([
      ["aws_iam_role_policy", { role: "task", name: "own" }],
      [
        "aws_vpc_security_group_ingress_rule",
        { security_group_id: "sg-1", ip_protocol: "tcp", from_port: "22", to_port: "22" },
      ],
    ]);
  });

  test.each([undefined, null, "x", [], { values: [] }, { values: { root_module: { resources: [1, { type: 7 }] } } }])(
    "finds nothing in %j",
    (state) => {
      expect(partsIn(state)).toEqual([]);
    },
  );
});
