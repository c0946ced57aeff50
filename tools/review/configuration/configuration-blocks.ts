import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../../json";

/** A block of a configuration that can be added, removed and changed. */
export interface Block {
  /** Such as `aws_vpc.main`, `data.aws_ami.al2023`, `provider.aws`, `terraform.backend`. */
  readonly address: string;
  readonly mode: "managed" | "data" | "ephemeral";
  /** Resource type; for what is no resource a word of ours, such as `terraform_backend`. */
  readonly type: string;
  readonly name: string;
  /** Its arguments, without cdktf's comments. */
  readonly body: unknown;
}

/** Types of blocks that are no resources: a change of theirs is no change of an object. */
export const SETTING_TYPES = {
  backend: "terraform_backend",
  requiredProvider: "terraform_required_provider",
  provider: "terraform_provider",
  module: "terraform_module",
  local: "terraform_local",
  variable: "terraform_variable",
  remoteState: "terraform_remote_state",
} as const;

/** Every block of a synthesized stack by its address, outputs left out. */
export function blocksOf(document: JsonObject): ReadonlyMap<string, Block> {
  const blocks = [
    ...resources(document, "resource", "managed", ""),
    ...resources(document, "data", "data", "data."),
    ...resources(document, "ephemeral", "ephemeral", "ephemeral."),
    ...settings(document),
  ];
  return new Map(blocks.map((block) => [block.address, block]));
}

/** The outputs of a synthesized stack: value and whether it is marked sensitive. */
export function outputsOf(
  document: JsonObject,
): ReadonlyMap<string, { readonly value: unknown; readonly sensitive: boolean }> {
  return new Map(
    Object.entries(objectOf(document["output"])).map(([name, output]) => [
      name,
      { value: objectOf(output)["value"], sensitive: objectOf(output)["sensitive"] === true },
    ]),
  );
}

/** What `moved` blocks say: the old address by the new one. */
export function movesOf(document: JsonObject): ReadonlyMap<string, string> {
  const moved = document["moved"];
  const blocks = (Array.isArray(moved) ? listOf(moved) : [moved]).filter(isObject);
  return new Map(
    blocks.flatMap(({ from, to }) => {
      const [old, now] = [stringOf(from), stringOf(to)];
      return old === undefined || now === undefined ? [] : [[bare(now), bare(old)] as const];
    }),
  );
}

function resources(document: JsonObject, key: string, mode: Block["mode"], prefix: string): Block[] {
  return Object.entries(objectOf(document[key])).flatMap(([type, byName]) =>
    Object.entries(objectOf(byName)).map(([name, body]) => ({
      address: `${prefix}${type}.${name}`,
      mode,
      type,
      name,
      body: withoutComments(body),
    })),
  );
}

function settings(document: JsonObject): Block[] {
  const terraform = objectOf(document["terraform"]);
  const block = (address: string, type: string, name: string, body: unknown): Block => ({
    ...{ address, type, name },
    mode: "data", // a setting is read, never made or destroyed
    body: withoutComments(body),
  });
  const named = (key: string, type: string, prefix: string) =>
    Object.entries(objectOf(document[key])).map(([name, body]) =>
      block(`${prefix}.${name}`, type, name, isObject(body) ? body : { value: body }),
    );
  const providers = Object.entries(objectOf(document["provider"])).flatMap(([name, given]) =>
    (Array.isArray(given) ? listOf(given) : [given]).filter(isObject).map((body) => {
      const alias = stringOf(body["alias"]);
      const full = alias === undefined ? name : `${name}.${alias}`;
      return block(`provider.${full}`, SETTING_TYPES.provider, full, body);
    }),
  );
  const { backend, cloud, required_providers: required } = terraform;
  return [
    ...(isObject(backend) ? [block("terraform.backend", SETTING_TYPES.backend, "backend", backend)] : []),
    ...(isObject(cloud) ? [block("terraform.backend", SETTING_TYPES.backend, "backend", { cloud })] : []),
    ...Object.entries(objectOf(required)).map(([name, body]) =>
      block(`terraform.required_providers.${name}`, SETTING_TYPES.requiredProvider, name, body),
    ),
    ...providers,
    ...named("module", SETTING_TYPES.module, "module"),
    ...named("locals", SETTING_TYPES.local, "local"),
    ...named("variable", SETTING_TYPES.variable, "var"),
  ];
}

/** A value without the `"//"` keys that cdktf writes; those say where a block came from, and a moved line is no change. */
function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return listOf(value).map(withoutComments);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : [[key, withoutComments(inner)]])),
  );
}

/** An address without `${…}` round it. */
function bare(address: string): string {
  return address.replace(/^\$\{(.*)\}$/, "$1");
}
