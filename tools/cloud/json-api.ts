import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";

/** One thing of a JSON:API document. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes: JsonObject;
  /** The thing it is related to by that name, as far as the document tells of it; else its id and type alone. */
  related(name: string): Resource | undefined;
}

/** The one thing a document is about; undefined if it is about none. */
export function resourceIn(document: unknown): Resource | undefined {
  return resourceOf(objectOf(document)["data"], includedIn(document));
}

/** The things a document lists. */
export function resourcesIn(document: unknown): Resource[] {
  const included = includedIn(document);
  return listOf(objectOf(document)["data"]).flatMap((data) => resourceOf(data, included) ?? []);
}

/** What a document says went wrong, in one line. */
export function errorIn(document: unknown): string | undefined {
  const texts = listOf(objectOf(document)["errors"]).flatMap((error) => {
    const { title, detail } = objectOf(error);
    return [stringOf(title), stringOf(detail)].filter((text) => text !== undefined && text !== "").join(": ") || [];
  });
  return texts.length === 0 ? undefined : texts.join("; ");
}

function includedIn(document: unknown): readonly JsonObject[] {
  return listOf(objectOf(document)["included"]).filter(isObject);
}

function resourceOf(data: unknown, included: readonly JsonObject[]): Resource | undefined {
  if (!isObject(data)) return undefined;
  const [id, type] = [stringOf(data["id"]), stringOf(data["type"])];
  if (id === undefined || type === undefined) return undefined;
  return {
    id,
    type,
    attributes: objectOf(data["attributes"]),
    related: (name) => {
      const link = objectOf(objectOf(data["relationships"])[name])["data"];
      if (!isObject(link)) return undefined;
      const told = included.find((one) => one["id"] === link["id"] && one["type"] === link["type"]);
      return resourceOf(told ?? link, included);
    },
  };
}
