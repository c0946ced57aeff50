import type { Review } from "../../review";
import { page } from "./page";
import { PageIndex } from "./page-index";
import { picture } from "./picture";

/**
 * A review as one page that needs nothing else: it opens from a file or from a server, asks nobody for anything, and says everything
 * without its script too. The same review always gives the same bytes.
 */
export async function renderHtml(review: Review): Promise<string> {
  const index = new PageIndex(review);
  return page(index, await picture(index));
}
