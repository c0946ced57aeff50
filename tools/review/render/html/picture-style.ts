import { PICTURE_STYLE } from "../../../picture/svg";

/** Colours that the picture takes from the page. */
const OF_THE_PAGE = /--(text|soft|line|ground|box|stack): [^;]+;/g;

const ON_PAGE = `
.picture{--ground:var(--card);--box:var(--card);--stack:var(--sunk)}
.picture .chip{fill:var(--soft)}
.picture .box{stroke:var(--strong)}
.picture .node:is(.create,.update,.replace,.delete,.forget,.import,.move,.read,.unknown) .box{stroke:var(--ink-of);stroke-width:2.5;fill:var(--tint)}
.picture .node:is(.create,.update,.replace,.delete,.forget,.import,.move,.read,.unknown) .name,.picture .row:not(.same) tspan[font-weight]{fill:var(--ink-of)}
.picture .grave .box{stroke-width:4}
.picture a{outline-offset:3px}
.picture a:hover .name,.picture a:hover tspan[font-weight],.picture a:focus-visible .name,.picture a:focus-visible tspan[font-weight]{text-decoration:underline}
.picture-frame{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.picture-frame .picture{display:block;max-width:100%;height:auto;margin:0 auto}
.legend{margin-bottom:8px}
.grave-mark .icon{color:var(--critical-fill);--ink:var(--page)}
@media (max-width:1019px){.picture-frame .picture{max-width:none}}
@media print{.picture-frame{border:0;overflow:visible}.picture-frame .picture{max-width:100%;max-height:240mm}}`;

/** How the picture looks in the page: as elsewhere, but with the page's colours, and with those of actions. */
export const PICTURE_ON_PAGE = `${scoped(
  PICTURE_STYLE.replaceAll(OF_THE_PAGE, "").replace("@media (prefers", "@media screen and (prefers"),
)}${ON_PAGE}`;

/** A style sheet that holds for the picture alone: its classes have the names of other things of the page too. */
function scoped(style: string): string {
  return style.replaceAll(/([^{}]+)\{/g, (whole, selectors: string) =>
    /@media|\.picture/.test(selectors)
      ? whole
      : `${selectors
          .split(",")
          .map((selector) => ` .picture ${selector.trim()}`)
          .join(",")} {`,
  );
}
