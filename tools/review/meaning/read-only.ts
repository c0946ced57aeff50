import { readText } from "../../files";

/** Whether a provider sets an attribute itself and nobody else can: known from the provider's bindings; false where they do not know it. */
export function isReadOnly(provider: string, type: string, attribute: string): boolean {
  const name = camelCase(attribute);
  const binding = bindingOf(provider, type);
  // A binding has a setter for what can be set, and a method for a block: `putIngress`.
  const put = `put${name.replace(/^./, (first) => first.toUpperCase())}`;
  const has = (member: string) => binding.includes(`\n    ${member}(`);
  return name !== "" && has(`get ${name}`) && !has(`set ${name}`) && !has(put);
}

const bindings = new Map<string, string>();

/** The text of the class of a resource; empty if there is none. Read and not loaded: loading one takes a tenth of a second. */
function bindingOf(provider: string, type: string): string {
  const known = bindings.get(type);
  if (known !== undefined) return known;
  const [vendor = "", ...words] = type.split("_");
  const isName = /^\w+\/\w+$/.test(provider) && /^[a-z0-9_]+$/.test(type);
  const text = isName ? textOf(`@cdktf/provider-${vendor}/lib/${words.join("-")}`) : "";
  const start = text.lastIndexOf("extends cdktf.TerraformResource");
  const binding = start < 0 || !text.includes(`tfResourceType = "${type}"`) ? "" : text.slice(start);
  bindings.set(type, binding);
  return binding;
}

function textOf(name: string): string {
  try {
    return readText(require.resolve(name)) ?? "";
  } catch {
    return ""; // another provider's, or one without a binding
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
