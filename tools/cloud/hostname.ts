/** A host name, with its port if it has one, in the form in which two are compared: `App.Terraform.IO:443` is `app.terraform.io`. Undefined if it is none. */
export function comparableHost(text: string): string | undefined {
  if (!/^[^\s/?#@\\]+$/.test(text)) return undefined;
  try {
    return new URL(`https://${text}`).host;
  } catch {
    return undefined;
  }
}

/** Name of the variable in which Terraform looks for a host's token. A shell cannot set one for a host with a port; `env` can. */
export function tokenVariable(host: string): string {
  return `TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`;
}

/** The host that such a variable is for; undefined if it is no such variable. */
export function hostOfVariable(name: string): string | undefined {
  if (!name.startsWith("TF_TOKEN_")) return undefined;
  return comparableHost(name.slice("TF_TOKEN_".length).replaceAll("__", "-").replaceAll("_", "."));
}
