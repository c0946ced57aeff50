/** Of things with a `kind`, by name, those of one kind. */
export function ofKind<T extends { readonly kind: string }, Kind extends T["kind"]>(
  all: Readonly<Record<string, T>>,
  kind: Kind,
): Readonly<Record<string, Extract<T, { readonly kind: Kind }>>> {
  const isOfKind = (entry: [string, T]): entry is [string, Extract<T, { readonly kind: Kind }>] =>
    entry[1].kind === kind;
  return Object.fromEntries(Object.entries(all).filter(isOfKind));
}

/** Whether any of these things is of that kind. */
export function anyOfKind<T extends { readonly kind: string }>(
  all: Readonly<Record<string, T>>,
  kind: T["kind"],
): boolean {
  return Object.values(all).some((one) => one.kind === kind);
}
