/** What a listener answers when no rule fits: nothing that names a service or leads to one. */
export const NOT_FOUND = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
} as const;
