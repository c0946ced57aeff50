import { listOf, objectOf, stringOf, type JsonObject } from "../../json";
import { withoutIndexes } from "../read/changes";

/** What a synthesized stack says about its resources. */
export interface Constructs {
  /** Construct path below the stack of an address; empty if it is not known. */
  readonly pathOf: (address: string) => string;
  readonly lifecycleOf: (address: string) => {
    readonly preventDestroy?: boolean;
    readonly createBeforeDestroy?: boolean;
  };
}

/** Construct paths and lifecycles of a stack, by address; of a stack that was not synthesized by cdktf there are none. */
export function constructsOf(document: JsonObject | undefined): Constructs {
  const bodyOf = (address: string): JsonObject => {
    const parts = withoutIndexes(address).split(".");
    const [kind, type = "", name = ""] = ["data", "ephemeral"].includes(parts[0] ?? "")
      ? parts
      : ["resource", ...parts];
    const byType = objectOf(document?.[kind ?? ""]);
    return Object.hasOwn(byType, type) ? objectOf(objectOf(byType[type])[name]) : {};
  };
  return {
    pathOf: (address) => {
      const path = stringOf(objectOf(objectOf(bodyOf(address)["//"])["metadata"])["path"]) ?? "";
      return path.split("/").slice(1).join("/");
    },
    lifecycleOf: (address) => {
      const { lifecycle } = bodyOf(address);
      const block = objectOf(Array.isArray(lifecycle) ? listOf(lifecycle)[0] : lifecycle);
      return {
        ...(typeof block["prevent_destroy"] === "boolean" ? { preventDestroy: block["prevent_destroy"] } : {}),
        ...(typeof block["create_before_destroy"] === "boolean"
          ? { createBeforeDestroy: block["create_before_destroy"] }
          : {}),
      };
    },
  };
}
