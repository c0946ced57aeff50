/**
 * CloudFront Functions for the requests to a site's files, in the JavaScript they run there (runtime 2.0). A function and not a custom error
 * response: that would stand for the whole distribution, and turn the 404 of an API beside the site into a page.
 *
 * A path whose last part has a dot is a file and stays as it is, and so is everything below `/.well-known/`, where files often have none.
 */
export const ROUTING_FUNCTIONS = {
  /** Every page is `/index.html`, which finds out by itself what to show. */
  spa: functionOf(`request.uri = "/index.html";`),

  /** Every page is the `index.html` of its own folder. */
  folders: functionOf(`request.uri = uri.replace(/\\/?$/, "/index.html");`),
} as const;

/** How paths become files. */
export type SiteRouting = keyof typeof ROUTING_FUNCTIONS;

function functionOf(rewrite: string): string {
  return `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  var isFile = uri.slice(uri.lastIndexOf("/")).includes(".");
  if (!isFile && !uri.startsWith("/.well-known/")) ${rewrite}
  return request;
}
`;
}
