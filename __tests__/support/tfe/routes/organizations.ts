import { stringOf } from "../../../../tools/json";
import { document, errors, list, type Resource } from "../json-api";
import type { Organization, Project } from "../model";
import { bodyOf, type Answer, type Router } from "../router";
import type { Store } from "../store";

export const NOT_FOUND: Answer = { status: 404, body: errors(404, "not found") };

/** Organizations, what they are entitled to, and their projects. */
export function organizationRoutes(router: Router, store: Store): void {
  router.on("GET", "/ping", () => ({ status: 204 }));

  router.on("GET", "/account/details", ({ caller }) => ({
    status: 200,
    body: document({
      type: "users",
      id: caller.name,
      attributes: { username: caller.name, "is-service-account": caller.kind !== "user" },
    }),
  }));

  router.on("GET", "/organizations/:organization", ({ params }) => {
    const organization = store.organizations.get(params["organization"] ?? "");
    return organization === undefined ? NOT_FOUND : { status: 200, body: document(organizationOf(organization)) };
  });

  router.on("GET", "/organizations/:organization/entitlement-set", ({ params }) => {
    const organization = store.organizations.get(params["organization"] ?? "");
    if (organization === undefined) return NOT_FOUND;
    const { name, entitlements } = organization;
    return { status: 200, body: document({ type: "entitlement-sets", id: `org-${name}`, attributes: entitlements }) };
  });

  router.on("GET", "/organizations/:organization/projects", ({ params, query }) => {
    const organization = store.organizations.get(params["organization"] ?? "");
    if (organization === undefined) return NOT_FOUND;
    const name = query.get("filter[names]");
    return {
      status: 200,
      body: list(organization.projects.filter((one) => name === null || one.name === name).map(projectOf)),
    };
  });

  router.on("POST", "/organizations/:organization/projects", (request) => {
    const { attributes } = bodyOf(request);
    const project = store.addProject(request.params["organization"] ?? "", stringOf(attributes["name"]) ?? "");
    return { status: 201, body: document(projectOf(project)) };
  });

  router.on("GET", "/organizations/:organization/runs/queue", () => ({ status: 200, body: list([]) }));

  router.on("GET", "/organizations/:organization/capacity", ({ params }) => ({
    status: 200,
    body: document({
      type: "organization-capacity",
      id: params["organization"] ?? "",
      attributes: { pending: 0, running: 0 },
    }),
  }));
}

function organizationOf({ name, projects }: Organization): Resource {
  return {
    type: "organizations",
    id: name,
    attributes: { name, "default-execution-mode": "remote" },
    relationships: { "default-project": { data: { type: "projects", id: projects[0]?.id } } },
  };
}

function projectOf({ id, name }: Project): Resource {
  return { type: "projects", id, attributes: { name } };
}
