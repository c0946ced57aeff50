import { Lazy } from "cdktf";
import { allowing, taskStatementProblems } from "../../../modules/compute/task-statements";

const resources = ["arn:aws:s3:::uploads/*"];

describe("taskStatementProblems", () => {
  test.each(["s3:GetObject", "s3:Get*", "rds-db:connect", Lazy.stringValue({ produce: () => "${var.action}" })])(
    "pass %s",
    (action) => {
      expect(taskStatementProblems([{ actions: [action], resources }])).toEqual([]);
    },
  );

  test.each(["*", "s3:*", "s3", "S3:GetObject"])("fail on %s", (action) => {
    expect(
      taskStatementProblems([
        { actions: ["s3:GetObject"], resources },
        { actions: [action], resources },
      ]),
    ).toEqual([`taskStatements[1].actions must be single actions such as s3:GetObject, got "${action}"`]);
  });

  test("fail on nothing to do and nothing to do it on", () => {
    expect(taskStatementProblems([{ actions: [], resources: [] }])).toEqual([
      "taskStatements[0].actions must be at least one, got []",
      "taskStatements[0].resources must be at least one ARN, got []",
    ]);
  });
});

describe("allowing", () => {
  test("is a whole policy, with a condition only where one is given", () => {
    const conditions = { StringEquals: { "aws:SourceAccount": "123456789012" } };
    expect(
      JSON.parse(
        allowing([
          { actions: ["s3:GetObject"], resources },
          { actions: ["s3:PutObject"], resources, conditions },
        ]),
      ),
    ).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:GetObject"], Resource: resources },
        { Effect: "Allow", Action: ["s3:PutObject"], Resource: resources, Condition: conditions },
      ],
    });
  });
});
