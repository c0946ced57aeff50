import type { Behaviour } from "../behaviour";
import { document, errors, type Resource } from "../json-api";
import type { ConfigurationVersion } from "../model";
import { bodyOf, type Router } from "../router";
import type { Store } from "../store";
import { NOT_FOUND } from "./organizations";

/** Configuration versions, and the place their archives are put, which is open to whoever knows its address. */
export function uploadRoutes(api: Router, blobs: Router, store: Store, behaviour: Behaviour): void {
  const shown = (version: ConfigurationVersion, withUrl: boolean) =>
    document(versionOf(version, withUrl ? `${store.blobUrl}/uploads/${version.id}` : undefined));

  api.on("POST", "/workspaces/:id/configuration-versions", (request) => {
    const workspace = store.workspaces.get(request.params["id"] ?? "");
    if (workspace === undefined) return NOT_FOUND;
    if (request.caller.kind === "organization") return { status: 404, body: errors(404, "not found") };
    const { attributes } = bodyOf(request);
    const version: ConfigurationVersion = {
      id: store.id("cv"),
      workspace: workspace.id,
      speculative: attributes["speculative"] === true,
      provisional: attributes["provisional"] === true,
      autoQueueRuns: attributes["auto-queue-runs"] === true,
      status: "pending",
      archive: undefined,
    };
    store.configurationVersions.set(version.id, version);
    return { status: 201, body: shown(version, true) };
  });

  api.on("GET", "/configuration-versions/:id", ({ params }) => {
    const version = store.configurationVersions.get(params["id"] ?? "");
    return version === undefined ? NOT_FOUND : { status: 200, body: shown(version, false) };
  });

  blobs.on("PUT", "/uploads/:id", ({ params, body }) => {
    const version = store.configurationVersions.get(params["id"] ?? "");
    if (version === undefined) return NOT_FOUND;
    if (behaviour.uploads === "expired") return { status: 403, body: "the address has expired" };
    version.archive = body;
    if (behaviour.uploads !== "stuck") version.status = behaviour.uploads;
    return { status: 200 };
  });
}

function versionOf(
  { id, speculative, provisional, autoQueueRuns, status }: ConfigurationVersion,
  uploadUrl: string | undefined,
): Resource {
  return {
    type: "configuration-versions",
    id,
    attributes: {
      "auto-queue-runs": autoQueueRuns,
      error: status === "errored" ? "corrupt" : null,
      "error-message": status === "errored" ? "the archive cannot be read" : null,
      provisional,
      source: "tfe-api",
      speculative,
      status,
      "upload-url": uploadUrl ?? null,
    },
  };
}
