import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { writeFile } from "../../tools/files";
import { renderHtml } from "../../tools/review/render/html/render-html";
import type { Review } from "../../tools/review/review";
import { onPath } from "../../tools/terraform/binary";
import { temporaryFolder } from "../tools/support/folder";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const REQUIRED = process.env["GROUNDPLAN_REQUIRE_BROWSER"] === "1";
const MISSING = `no browser is on the PATH; install Chromium, Chrome or Edge (looked for ${NAMES.join(", ")})`;

/** Widths of a phone, a tablet and a laptop. */
export const WIDTHS = [390, 820, 1280] as const;

/** How a page is opened. */
export interface View {
  /** @default 1280 */
  readonly width?: number;
  /** @default 800 */
  readonly height?: number;
  /** @default "light" */
  readonly scheme?: "light" | "dark";
  /** @default true */
  readonly script?: boolean;
  /**
   * What stands behind the file in the address, with its `#`.
   * @default - nothing
   */
  readonly hash?: string;
}

/** A page that is open, and what it did that no review may do. */
export interface Opened {
  readonly page: Page;
  /** Requests other than for the file itself, errors, messages and dialogs. */
  readonly misdeeds: readonly string[];
}

/** Waits until an expression is true in a page. Playwright's own way evaluates text, which the page's content policy forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await page.evaluate<boolean>(expression)) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`never came true: ${expression}`);
}

/** Opens the page of a review from a file. */
export type Open = (review: Review, view?: View) => Promise<Opened>;

/** Tests in a browser. Without one they are skipped, and the run says what to install; with GROUNDPLAN_REQUIRE_BROWSER=1 they fail. */
export function describeInBrowser(name: string, tests: (open: Open) => void): void {
  const path = NAMES.map((one) => onPath(one, process.env)).find((one) => one !== undefined);
  if (path === undefined) {
    if (REQUIRED) throw new Error(MISSING);
    console.warn(`${name}: skipped, ${MISSING}`);
    // Skipped, not passed: nothing was tested.
    xdescribe(name, () => tests(() => Promise.reject(new Error(MISSING))));
    return;
  }
  describe(name, () => {
    const folder = temporaryFolder();
    let browser: Browser;
    jest.setTimeout(60_000);
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: path, chromiumSandbox: process.getuid?.() !== 0 });
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
    });
    afterAll(() => browser.close());

    tests(async (review, { width = 1280, height = 800, scheme = "light", script = true, hash = "" } = {}) => {
      const html = await renderHtml(review);
      const file = join(folder, `${createHash("sha256").update(html).digest("hex").slice(0, 16)}.html`);
      writeFile(file, html);
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        javaScriptEnabled: script,
      });
      const url = pathToFileURL(file).href;
      const misdeeds: string[] = [];
      context.on("request", (request) => {
        if (request.url().split("#")[0] !== url) misdeeds.push(`requests ${request.url()}`);
      });
      const page = await context.newPage();
      page.on("console", (message) => misdeeds.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => misdeeds.push(`throws ${error.message}`));
      page.on("dialog", (dialog) => {
        misdeeds.push(`asks ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${url}${hash}`);
      return { page, misdeeds };
    });
  });
}
