import { numberOf, stringOf } from "../../../../tools/json";
import { document, errors, list, many, one, type Resource } from "../json-api";
import type { StateVersion, Workspace } from "../model";
import { bodyOf, type Answer, type Request, type Router } from "../router";
import { outputsOf, type Output } from "../states";
import type { Store } from "../store";
import { NOT_FOUND } from "./organizations";
import { maySee } from "./workspaces";

/** States of workspaces: the one now, its outputs, and new ones. */
export function stateRoutes(api: Router, blobs: Router, store: Store): void {
  const current = (request: Request, work: (state: StateVersion) => Answer): Answer => {
    const workspace = store.workspaces.get(request.params["id"] ?? "");
    const state = workspace?.states.at(-1);
    return workspace === undefined || state === undefined || !maySee(request.caller, workspace, store)
      ? NOT_FOUND
      : work(state);
  };

  api.on("GET", "/workspaces/:id/current-state-version", (request) =>
    current(request, (state) => ({ status: 200, body: document(versionOf(state, store)) })),
  );
  api.on("GET", "/workspaces/:id/current-state-version-outputs", (request) =>
    current(request, (state) => ({
      status: 200,
      body: list(outputsOf(state).map((output) => outputOf(output, false))),
    })),
  );
  api.on("GET", "/state-version-outputs/:id", ({ params }) => {
    const all = [...store.workspaces.values()].flatMap(({ states }) => states).flatMap(outputsOf);
    const output = all.find(({ id }) => id === params["id"]);
    return output === undefined ? NOT_FOUND : { status: 200, body: document(outputOf(output, true)) };
  });
  api.on("GET", "/state-versions/:id", ({ params }) => {
    const state = store.state(params["id"] ?? "");
    return state === undefined ? NOT_FOUND : { status: 200, body: document(versionOf(state, store)) };
  });
  api.on("POST", "/workspaces/:id/state-versions", (request) => {
    const workspace = store.workspaces.get(request.params["id"] ?? "");
    if (workspace === undefined) return NOT_FOUND;
    if (workspace.lock === undefined) {
      return { status: 409, body: errors(409, "conflict", "The workspace must be locked to write a state.") };
    }
    const { attributes, related } = bodyOf(request);
    const state: StateVersion = {
      id: store.id("sv"),
      workspace: workspace.id,
      serial: numberOf(attributes["serial"]) ?? 0,
      lineage: stringOf(attributes["lineage"]) ?? "",
      run: related("run"),
      text: undefined,
      json: undefined,
      at: new Date().toISOString(),
    };
    workspace.states.push(state);
    return { status: 201, body: document(versionOf(state, store)) };
  });

  blobs.on("GET", "/states/:id", ({ params }) => {
    const text = store.state(params["id"] ?? "")?.text;
    return text === undefined
      ? NOT_FOUND
      : { status: 200, headers: { "content-type": "application/json" }, body: text };
  });
  blobs.on("PUT", "/states/:id", ({ params, body }) => put(store.state(params["id"] ?? ""), "text", body));
  blobs.on("PUT", "/json-states/:id", ({ params, body }) => put(store.state(params["id"] ?? ""), "json", body));
}

function put(state: StateVersion | undefined, part: "text" | "json", body: Buffer): Answer {
  if (state === undefined) return NOT_FOUND;
  state[part] = body.toString("utf8");
  return { status: 200 };
}

function versionOf(state: StateVersion, { blobUrl, workspaces }: Store): Resource {
  const workspace: Workspace | undefined = workspaces.get(state.workspace);
  return {
    type: "state-versions",
    id: state.id,
    attributes: {
      "created-at": state.at,
      "hosted-state-download-url": `${blobUrl}/states/${state.id}`,
      "hosted-state-upload-url": `${blobUrl}/states/${state.id}`,
      "hosted-json-state-upload-url": `${blobUrl}/json-states/${state.id}`,
      serial: state.serial,
      "resources-processed": true,
      status: "finalized",
    },
    relationships: {
      workspace: one("workspaces", workspace?.id),
      run: one("runs", state.run),
      outputs: many("state-version-outputs", state.text === undefined ? [] : outputsOf(state).map(({ id }) => id)),
    },
  };
}

/** An output; what is sensitive is only told to whoever asks for it alone. */
function outputOf({ id, name, value, type, sensitive }: Output, alone: boolean): Resource {
  return {
    type: "state-version-outputs",
    id,
    attributes: {
      name,
      sensitive,
      type: Array.isArray(type) ? String(type[0]) : type,
      "detailed-type": type,
      value: sensitive && !alone ? null : value,
    },
  };
}
