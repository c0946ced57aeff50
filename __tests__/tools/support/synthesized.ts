import { join } from "node:path";
import type { Stack } from "../../../tools/plan/stack";
import { writeStacks, type StackSketch } from "./stacks";

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Stacks of AWS resources, written and read back. A resource's name is its construct path, with dots for slashes. */
export function awsStacks(
  folder: string,
  stacks: Readonly<Record<string, Resources>>,
  {
    region = "us-east-1",
    reads = {},
  }: { readonly region?: string; readonly reads?: Readonly<Record<string, readonly string[]>> } = {},
): Stack[] {
  const sketches = Object.entries(stacks).map(([name, resources]): [string, StackSketch] => {
    const withPaths = Object.entries(resources).map(([type, byName]) => [
      type,
      Object.fromEntries(
        Object.entries(byName).map(([id, config]) => [
          id.replaceAll(".", "_"),
          { "//": { metadata: { path: `${name}/${id.replaceAll(".", "/")}` } }, ...config },
        ]),
      ),
    ]);
    const outputs = Object.entries(resources).flatMap(([type, byName]) =>
      Object.keys(byName).map((id) => {
        const address = `${type}.${id.replaceAll(".", "_")}`;
        return [address.replace(".", "-"), { value: `\${${address}.id}` }];
      }),
    );
    const [environment = ""] = name.split("-");
    const provider = { aws: [{ region, default_tags: [{ tags: { Environment: environment } }] }] };
    return [
      name,
      {
        dependencies: reads[name] ?? [],
        reads: reads[name] ?? [],
        document: { provider, resource: Object.fromEntries(withPaths), output: Object.fromEntries(outputs) },
      },
    ];
  });
  return writeStacks(join(folder, Object.keys(stacks).join("+")), Object.fromEntries(sketches));
}
