import type { Context } from "../context";
import { type SessionHostNames, sessionHostNames } from "./session-host-names";

/** Names of everything a Docker host is made of, so that another stack can write their ARNs without a reference. */
export interface DockerHostNames extends SessionHostNames {
  /** Document of Systems Manager that brings a version into service; a pipeline runs it by the `Name` tag of the instance. */
  readonly deployDocument: string;

  /** Parameter that holds the image tag in service. */
  readonly imageTagParameter: string;

  /** Parameter that holds the version of the env file in service. */
  readonly envFileVersionParameter: string;
}

/** Names of one Docker host of an environment, whether it exists yet or not. */
export function dockerHostNames(context: Pick<Context, "names">, name: string): DockerHostNames {
  const parameters = `/${context.names("parameter")}/${name}`;
  return {
    ...sessionHostNames(context, name),
    deployDocument: context.names("ssmDocument", `${name}-deploy`),
    imageTagParameter: `${parameters}/image-tag`,
    envFileVersionParameter: `${parameters}/env-file-version`,
  };
}
