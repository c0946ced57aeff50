import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { riskyReview } from "../../../../support/reviews";
import { systemReview } from "../../../../support/system-reviews";

describe("PageIndex", () => {
  const database = { stack: "stack", address: "aws_db_instance.database_instance_D7FC2283" };
  const index = new PageIndex(riskyReview());

  test("finds what the parts of a review say of an object", () => {
    expect(index.change(database)?.action).toBe("replace");
    expect(index.risksOf(database).map(({ rule }) => rule)).toEqual(["stateful-replace"]);
    expect(index.reach(database)?.affected.map(({ address }) => address)).toEqual(["aws_ecs_service.service-api"]);
    expect(index.link(database)).toBe("change-stack-aws_db_instance.database_instance_D7FC2283");
  });

  test("finds nothing of what is not there, or is in another stack", () => {
    const other = { ...database, stack: "other" };
    expect([index.change(other), index.risksOf(other), index.reach(other), index.link(other)]).toEqual([
      undefined,
      [],
      undefined,
      undefined,
    ]);
  });

  test("keeps objects of the same address in several stacks apart", () => {
    const system = new PageIndex(systemReview(3, 10));
    const address = "aws_ecs_service.service-0_service";
    expect(["prod-network", "prod-data"].map((stack) => system.link({ stack, address }))).toEqual([
      `change-prod-network-${address}`,
      `change-prod-data-${address}`,
    ]);
  });
});
