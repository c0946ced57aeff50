import { ExitCode } from "../exit-code";
import { UserError } from "../user-error";

/** What Terraform Cloud answered where another answer was needed. */
export class CloudError extends UserError {
  /** `status` is that of HTTP, undefined where none came. */
  constructor(
    message: string,
    readonly status: number | undefined,
    resolution: ConstructorParameters<typeof UserError>[1] = {},
  ) {
    super(message, resolution);
    this.name = "CloudError";
  }
}

/** Terraform Cloud did not answer, however often it was asked. What it does meanwhile goes on. */
export function unreachable(host: string, reason: string): CloudError {
  return new CloudError(`${host} does not answer: ${reason}`, undefined, {
    tryThis: "run the command again once it does; a run that was confirmed goes on by itself",
    exitCode: ExitCode.detached,
  });
}

/** The token is not valid, or not any more. */
export function unauthorized(host: string): CloudError {
  return new CloudError(`${host} does not accept the token`, 401, {
    tryThis: `terraform login ${host}`,
    exitCode: ExitCode.configuration,
  });
}
