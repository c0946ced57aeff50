import { systems } from "../../../envs";
import { Children } from "../../../tools/terraform/children";
import { listSystems, readSystemList } from "../../../tools/systems/system-list";
import { join } from "node:path";

test("readSystemList reads what the program prints, and takes nothing for more than it is", () => {
  expect(readSystemList('[{"name":"a","environments":[{"name":"staging","tier":"staging"}]}, 7, {}]')).toEqual([
    { name: "a", environments: [{ name: "staging", tier: "staging" }] },
    { name: "", environments: [] },
  ]);
});

test("listSystems lists every system with its environments", async () => {
  const root = join(__dirname, "..", "..", "..");
  const listed = await listSystems({ children: new Children(), root, environment: process.env });
  expect(listed).toEqual(
    Object.values(systems).map(({ name, environments }) => ({
      name,
      environments: environments.map((environment) => ({ name: environment.name, tier: environment.tier })),
    })),
  );
}, 60_000);
