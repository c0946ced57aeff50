import { resolve } from "node:path";
import { isObject, objectOf, stringOf, type JsonObject } from "../json";
import { awsProviders, type Stack } from "./stack";

/**
 * A stack as its preview runs it: state in a local file beside it whatever the backend, states of others likewise, and, unless
 * the provider may call AWS, every look-up of the AWS provider switched off. The states of stacks that `replaced` leaves out are read where
 * they are.
 */
export function previewDocument(
  stack: Stack,
  online: boolean,
  pathOf: (stack: string) => string,
  replaced: (producer: string) => boolean = () => true,
): JsonObject {
  const { document } = stack;
  const terraform: Record<string, unknown> = { ...objectOf(document["terraform"]) };
  delete terraform["cloud"];
  terraform["backend"] = { local: { path: pathOf(stack.name) } };
  const data = { ...objectOf(document["data"]) };
  const sources = objectOf(data["terraform_remote_state"]);
  const remote = stack.remoteStates.map(({ id, producer }) => [
    id,
    replaced(producer) ? { backend: "local", config: { path: pathOf(producer) } } : inPlace(sources[id], stack.folder),
  ]);
  if (remote.length > 0) data["terraform_remote_state"] = Object.fromEntries(remote);
  else delete data["terraform_remote_state"];
  const provider = { ...objectOf(document["provider"]) };
  if (!online && "aws" in provider) provider["aws"] = [...awsProviders(document).values()].map(offlineProvider);
  return {
    ...document,
    terraform,
    ...(isObject(document["data"]) ? { data } : {}),
    ...("provider" in document ? { provider } : {}),
  };
}

/** An AWS provider block that asks nobody anything. */
function offlineProvider(block: JsonObject): JsonObject {
  const {
    allowed_account_ids: _allowed,
    forbidden_account_ids: _forbidden,
    assume_role: _role,
    profile: _profile,
    ...rest
  } = block;
  return {
    ...rest,
    access_key: "preview",
    secret_key: "preview",
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_region_validation: true,
    skip_metadata_api_check: "true",
    max_retries: 1,
  };
}

/** A remote state read from another folder than it was written for. */
function inPlace(source: unknown, folder: string): JsonObject {
  const { config, ...rest } = objectOf(source);
  const path = stringOf(objectOf(config)["path"]);
  return path === undefined
    ? objectOf(source)
    : { ...rest, config: { ...objectOf(config), path: resolve(folder, path) } };
}
