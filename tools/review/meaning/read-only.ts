/** Whether a provider sets an attribute itself and nobody else can: known from the provider's bindings; false where they do not know it. */
export function isReadOnly(provider: string, type: string, attribute: string): boolean {
  const property = Object.getOwnPropertyDescriptor(bindingOf(provider, type), camelCase(attribute));
  // A binding has a setter for what can be set, and a method for a block: `putIngress`.
  const put = `put${camelCase(attribute).replace(/^./, (first) => first.toUpperCase())}`;
  return property?.get !== undefined && property.set === undefined && !(put in bindingOf(provider, type));
}

const bindings = new Map<string, object>();

/** What objects of the class of a resource inherit; an empty object if there is no such class. */
function bindingOf(provider: string, type: string): object {
  const known = bindings.get(type);
  if (known !== undefined) return known;
  const [vendor = "", ...words] = type.split("_");
  const found =
    /^\w+\/\w+$/.test(provider) && /^[a-z0-9_]+$/.test(type)
      ? loaded(`@cdktf/provider-${vendor}/lib/${words.join("-")}`)
      : {};
  const classes = Object.values(found) as ReadonlyArray<{ tfResourceType?: unknown; prototype?: object }>;
  const prototype = classes.find(({ tfResourceType }) => tfResourceType === type)?.prototype ?? {};
  bindings.set(type, prototype);
  return prototype;
}

/** A module that is looked up as the program runs: which one follows from a plan. */
function loaded(name: string): object {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a static import of all would be half a gigabyte
    return require(name) as object;
  } catch {
    return {}; // another provider's, or one without a binding
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
