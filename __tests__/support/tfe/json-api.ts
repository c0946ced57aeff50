import type { JsonObject } from "../../../tools/json";

/** What a JSON:API document says about one thing. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
  /** @default - it is related to nothing */
  readonly relationships?: JsonObject;
}

/** A relation to one thing, or to none. */
export function one(type: string, id: string | undefined) {
  return { data: id === undefined ? null : { type, id } };
}

/** A relation to any number of things. */
export function many(type: string, ids: readonly string[]) {
  return { data: ids.map((id) => ({ type, id })) };
}

/** A document about one thing, with others beside it. */
export function document(data: Resource, included: readonly Resource[] = []) {
  return included.length === 0 ? { data } : { data, included };
}

/** A document about a list, which always fits on one page. */
export function list(data: readonly Resource[], included: readonly Resource[] = []) {
  const pagination = {
    "current-page": 1,
    "page-size": 100,
    "prev-page": null,
    "next-page": null,
    "total-pages": 1,
    "total-count": data.length,
  };
  return { data, included, meta: { pagination } };
}

/** A document about an error. */
export function errors(status: number, title: string, detail?: string) {
  return { errors: [{ status: String(status), title, detail }] };
}
