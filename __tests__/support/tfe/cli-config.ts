/** Where a Terraform CLI finds the emulator, its token, and providers. */
interface CliConfigOptions {
  /** What the host offers, by service. */
  readonly services: Readonly<Record<string, string>>;
  /** @default - none, as before a login */
  readonly token?: string;
  /** @default "app.terraform.io" */
  readonly hostname?: string;
  /**
   * Further lines, such as where providers come from.
   * @default - none
   */
  readonly rest?: string;
}

/** A CLI configuration with which Terraform talks to the emulator instead of a host, without TLS and without a name to be resolved. */
export function cliConfig({ services, token, hostname = "app.terraform.io", rest = "" }: CliConfigOptions): string {
  const lines = Object.entries(services).map(([name, url]) => `    ${JSON.stringify(name)} = ${JSON.stringify(url)}`);
  return [
    "disable_checkpoint = true",
    `host "${hostname}" {`,
    "  services = {",
    ...lines,
    "  }",
    "}",
    ...(token === undefined ? [] : [`credentials "${hostname}" {`, `  token = "${token}"`, "}"]),
    rest,
    "",
  ].join("\n");
}
