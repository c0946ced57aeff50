import fc from "fast-check";
import { transitionsOf } from "../../../modules/storage/bucket-transitions";

describe(transitionsOf, () => {
  test("puts the moves in the order of age, whatever the order they are given in", () => {
    const days = fc.uniqueArray(fc.nat(3650), { maxLength: 5 });
    fc.assert(
      fc.property(days, fc.option(fc.nat(3650), { nil: undefined }), (ages, intelligentTieringAfterDays) => {
        const transitions = ages.map((afterDays) => ({ storageClass: "GLACIER" as const, afterDays }));
        const moves = transitionsOf({ transitions, intelligentTieringAfterDays });
        expect(moves).toHaveLength(ages.length + (intelligentTieringAfterDays === undefined ? 0 : 1));
        expect(moves.map(({ afterDays }) => afterDays)).toEqual(
          moves.map(({ afterDays }) => afterDays).sort((a, b) => a - b),
        );
      }),
    );
  });
});
