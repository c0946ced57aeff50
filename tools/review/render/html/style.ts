import { variables } from "./palette";

const SANS = `-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif`;
const MONO = `ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace`;

const GROUND = `
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:calc(var(--bar,0px) + 12px);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 ${SANS};overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,dl,dd,pre,table,figure{margin:0;padding:0}
ul{list-style:none}
code,pre,kbd,.diff th[scope=row],.diff td,.set,.gone{font-family:${MONO};font-size:13px;unicode-bidi:isolate}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
.wrap{max-width:1360px;margin:0 auto;padding:0 clamp(12px,2.5vw,32px)}
.vh{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:12px;top:-60px;z-index:9;padding:8px 14px;background:var(--card);border:2px solid var(--focus);border-radius:6px}
.skip:focus{top:8px}
.sheet{position:absolute}
.icon{flex:none;width:1em;height:1em;vertical-align:-.125em;fill:currentColor}
.ink{fill:none;stroke:var(--ink,var(--card));stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
h2{font-size:19px;line-height:1.3;margin-bottom:12px}
h3{font-size:16px;line-height:1.4}
h4{font-size:14px;margin:20px 0 8px}
.tally{margin-left:4px;color:var(--soft);font-size:14px;font-weight:400;font-variant-numeric:tabular-nums}
.soft,.note{color:var(--soft)}
.note{font-size:13.5px}
section{margin-top:32px}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
`;

const OPENING = `
.opening{background:var(--card);border-top:6px solid var(--tone);border-bottom:1px solid var(--line);padding:12px 0 12px}
.head{display:flex;flex-wrap:wrap;gap:0 24px;justify-content:space-between;align-items:baseline}
.opening.good{--tone:var(--good)}.opening.changes{--tone:var(--other)}.opening.warning{--tone:var(--update)}
.opening.danger,.opening.failed,.opening.blocked{--tone:var(--critical-fill)}
h1{font-size:15px;font-weight:600}
.kind{color:var(--soft);font-weight:400;margin-right:4px}
.verdict{display:flex;gap:12px;align-items:flex-start;margin:4px 0 10px;font-size:25px;line-height:1.25;font-weight:600;text-wrap:balance}
.verdict .icon{width:30px;height:30px;margin-top:1px;color:var(--tone)}
.verdict b{color:var(--tone)}
.facts{display:flex;flex-wrap:wrap;gap:4px 24px;font-size:14px}
.facts div{display:flex;gap:6px}
.facts dt{flex:none;color:var(--soft)}
.facts dd{font-variant-numeric:tabular-nums}
.dirty{color:var(--update);font-weight:600}
.toc ul{display:flex;flex-wrap:wrap;gap:0 4px;margin:0 -8px}
.toc a{display:inline-block;padding:3px 8px;font-size:14px;text-decoration:none}
.toc a:hover{text-decoration:underline}
.banners{margin-top:14px}
.banner{display:flex;gap:10px;padding:5px 12px;border:1px solid var(--line);border-left:4px solid var(--tone);border-radius:6px;background:var(--ground);margin-bottom:6px;color:var(--text);font-size:14px}
.banner .icon{margin-top:3px;color:var(--tone);font-size:16px}
.banner.error{--tone:var(--delete);--ground:var(--delete-tint);--ink:var(--delete-tint)}
.banner.warning{--tone:var(--update);--ground:var(--update-tint);--ink:var(--update-tint)}
.banner.note{--tone:var(--other);--ground:var(--other-tint);--ink:var(--other-tint)}
.banner b{color:var(--tone)}
`;

const MARKS = `
.act{display:inline-block;padding:0 7px;border:1px solid transparent;border-radius:5px;background:var(--tint);color:var(--ink-of);font:600 12.5px/20px ${SANS};white-space:nowrap;font-variant-numeric:tabular-nums}
.act>span[aria-hidden]{font-family:${MONO};font-weight:700}
.create{--ink-of:var(--create);--tint:var(--create-tint)}
.update{--ink-of:var(--update);--tint:var(--update-tint)}
.replace{--ink-of:var(--replace);--tint:var(--replace-tint)}
.delete{--ink-of:var(--delete);--tint:var(--delete-tint)}
.noop{--ink-of:var(--soft);--tint:var(--sunk)}
.forget,.import,.move,.read,.unknown{--ink-of:var(--other);--tint:var(--other-tint)}
.badge{display:inline-flex;align-items:center;gap:5px;padding:0 8px;border:1px solid transparent;border-radius:10px;font:700 12px/20px ${SANS};letter-spacing:.02em;white-space:nowrap;vertical-align:1px;background:var(--fill);color:var(--on);--ink:var(--fill)}
.critical{--on:var(--critical);--fill:var(--critical-fill)}
.high{--on:var(--high);--fill:var(--high-fill)}
.medium{--on:var(--medium);--fill:var(--medium-fill)}
.low{--on:var(--low);--fill:var(--low-fill)}
.status,.tag,.level,.check{display:inline-block;padding:0 7px;border:1px solid var(--strong);border-radius:5px;color:var(--soft);font:600 12px/18px ${SANS};white-space:nowrap}
.status.failed,.check.fail,.check.error,.level.error{border-color:currentColor;color:var(--delete);background:var(--delete-tint)}
.status.preview,.level.warning{border-color:currentColor;color:var(--update);background:var(--update-tint)}
`;

const FIRST = `
@media (min-width:1020px){.first{display:grid;grid-template-columns:minmax(0,1.3fr) minmax(0,1fr);gap:28px;align-items:start}}
.first section{margin-top:16px}
.first h2{margin-bottom:8px}
.calm{padding:12px 14px;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.risk{padding:8px 14px 10px;margin-bottom:10px;border:1px solid var(--line);border-left:5px solid var(--fill);border-radius:8px;background:var(--card)}
.risk.medium,.risk.low{border-left-color:var(--strong)}
.risk h3{font-size:16.5px}
.risk h3 .badge{margin-right:6px;vertical-align:2px}
.risk h3 a{color:var(--text);text-decoration-color:var(--strong)}
.at{display:flex;flex-wrap:wrap;gap:2px 8px;align-items:baseline;margin-top:4px;font-size:13.5px}
.at .address{font-weight:600}
.at .address,.evidence code{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;min-width:0}
.evidence{margin:5px 0;padding:3px 8px;background:var(--sunk);border-radius:5px}
.risk dl{font-size:14px}
.risk dl div{display:grid;grid-template-columns:46px 1fr}
.risk dt{color:var(--soft)}
.more{margin-top:8px}
.more h3{margin:10px 0 4px;font-size:14px}
.worst .badge+.badge{margin-left:4px}
.more>summary{cursor:pointer;color:var(--link);font:600 14px/1.5 ${SANS};padding:4px 0}
.losses{margin-top:16px}
.losses h3{font-size:15px;margin-bottom:6px}
.losses li{padding:3px 0;font-size:13.5px}
table{border-collapse:collapse;text-align:left}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.counts{width:100%;border-collapse:separate;border-spacing:0;font-size:14px}
.counts th,.counts td{padding:5px 6px;vertical-align:top;font-weight:400;border-top:1px solid var(--line)}
.counts thead th{border-top:0;color:var(--soft);font-size:12px;vertical-align:bottom;white-space:nowrap}
.counts.flat th:first-child{padding-left:12px}
.counts thead th.wave,.counts tbody th.wave{padding-left:12px;padding-right:10px}
.counts th[scope=row],.counts .wave+th{padding-left:12px}
.counts .wave{width:1px;color:var(--soft);font-variant-numeric:tabular-nums;text-align:center}
.counts tbody .wave{border-right:1px solid var(--line);vertical-align:middle;font-weight:600}
.counts tbody tr:not(:first-child)>*{border-top-style:dotted}
.counts .count{width:1px;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.counts td.count{color:var(--ink-of);font-weight:700}
.counts thead .count{color:var(--ink-of);line-height:1.2}
.counts thead .count>span{display:block;font-family:${MONO};font-size:13px;font-weight:700}
.counts thead .count .word{font:400 11.5px/1.2 ${SANS}}
.counts tfoot th,.counts tfoot td{border-top:2px solid var(--line);font-weight:700}
.counts .worst{width:1px;white-space:nowrap;padding-right:12px}
.counts tbody th[scope=row]{min-width:9em}
.counts tbody th[scope=row] a{font-weight:600;color:var(--text);text-decoration-color:var(--strong)}
.counts .no-changes th[scope=row] a{font-weight:400}
.also{color:inherit}
.counts .also{display:block;color:var(--soft);font-size:12.5px}
.order .note{margin-top:8px}
`;

const CHANGES = `
.tools{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin:0 -12px 12px;padding:10px 12px;background:var(--page);border-bottom:1px solid var(--line);font-size:14px}
.tools .field{display:flex;gap:6px;align-items:center}
.tools .search{flex:1 1 190px;position:relative}
.tools input,.tools select,.tools button{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--strong);border-radius:6px;padding:4px 9px;min-height:32px}
.tools input{width:100%}
.tools select{max-width:220px}
.tools button{cursor:pointer}
.tools button:hover{border-color:var(--text)}
.tools kbd{position:absolute;right:9px;top:6px;padding:0 6px;border:1px solid var(--line);border-radius:4px;color:var(--soft);background:var(--sunk);font-size:12px;line-height:18px;pointer-events:none}
.tools input:focus~kbd,.tools input:not(:placeholder-shown)~kbd{display:none}
.chips{display:flex;flex-wrap:wrap;gap:6px;border:0;margin:0;padding:0;min-width:0}
.tools .chips button{display:inline-flex;gap:6px;align-items:center;padding:2px 10px;border-radius:16px;color:var(--ink-of);font-weight:600}
.chips button span{font-family:${MONO}}
.chips button b{font-variant-numeric:tabular-nums;font-weight:400}
.chips button[aria-pressed=true]{background:var(--ink-of);border-color:var(--ink-of);color:var(--card)}
.found{flex:1 1 90px;color:var(--soft);font-variant-numeric:tabular-nums}
.found b{color:var(--text)}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
.more>summary{list-style:revert}
.stack{margin-bottom:12px;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.stack>summary{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center;padding:10px 14px 10px 34px;position:relative}
.stack>summary::before,.change>summary::before{content:"";position:absolute;left:15px;top:50%;width:7px;height:7px;margin-top:-5px;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg)}
.stack[open]>summary::before,.change[open]>summary::before{transform:rotate(45deg)}
.sums{margin-left:auto;display:flex;flex-wrap:wrap;gap:4px 6px;align-items:center}
.inside{padding:0 14px 14px;border-top:1px solid var(--line)}
.about{padding:8px 0}
.change{border:1px solid var(--line);border-radius:6px;margin-bottom:6px;background:var(--card);content-visibility:auto;contain-intrinsic-size:auto 54px}
.change>summary{position:relative;display:grid;grid-template-columns:86px minmax(0,1.3fr) minmax(0,1fr) 84px;gap:2px 10px;align-items:start;padding:6px 10px 6px 30px}
.change>summary::before{left:12px;top:16px;margin-top:-4px}
.change>summary:hover,.stack>summary:hover{background:var(--sunk)}
.change>summary{border-radius:5px}.stack>summary{border-radius:7px}
.change .act{justify-self:start}
.name code{display:block;font-weight:600}
.name .soft{display:block;font-size:13px}
.digest{font:12.5px/20px ${MONO};color:var(--soft)}
.digest>span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.digest b{color:var(--text);font-weight:600}
.name:last-child{grid-column:2/-1}
.name+.tags{grid-column:3/-1}
.name:has(+.tags){grid-column:2}
.tags{display:flex;flex-wrap:wrap;gap:4px;justify-content:flex-end}
.body{padding:4px 12px 12px 30px;border-top:1px solid var(--line);scroll-margin-top:60px}
.body>*{margin-top:8px}
.body:target{box-shadow:inset 3px 0 var(--focus)}
.why{padding:8px 12px;border-left:4px solid var(--fill);background:var(--sunk);border-radius:5px;font-size:14px}
.why.medium,.why.low{border-left-color:var(--strong)}
.diff{width:100%;border:1px solid var(--line);border-radius:6px;border-collapse:separate;border-spacing:0;table-layout:fixed}
.diff thead th{font:600 12px/1.4 ${SANS};color:var(--soft);padding:4px 8px}
.diff thead th:first-child{width:30%}
.diff tbody th,.diff tbody td{padding:4px 8px;border-top:1px solid var(--line);vertical-align:top;font-weight:400;text-align:left}
.diff tbody td{border-left:1px solid var(--line)}
.diff th[scope=row]{color:var(--text)}
.old{background:var(--delete-tint)}.new{background:var(--create-tint)}
.old:has(.unset),.new:has(.unset),.old:has(.unknown),.new:has(.unknown){background:none}
mark{color:var(--mark);border-radius:3px}
.old mark,del mark{background:var(--mark-old)}.new mark,ins mark{background:var(--mark-new)}
del,ins{text-decoration:none}
.raw del{background:var(--delete-tint)}.raw ins{background:var(--create-tint)}
.raw{margin-top:6px}
i.unset,i.unknown{color:var(--soft)}
i.unset{font-family:${SANS}}
.forces{display:inline-block;padding:0 6px;border-radius:4px;background:var(--replace-tint);color:var(--replace);font:700 12px/18px ${SANS}}
.sensitivity{color:var(--soft);font:400 12px/18px ${SANS}}
.meaning{font:14px/1.5 ${SANS};list-style:disc;padding-left:18px}
.meaning li{font-weight:600}
.hunk{white-space:pre-wrap}
.hunk ins,.hunk del,.hunk .skip-lines{display:block;margin-bottom:-1.5em;padding:0 4px}
.hunk ins{background:var(--create-tint)}.hunk del{background:var(--delete-tint)}
.skip-lines{color:var(--soft)}
.set,.gone{display:grid;grid-template-columns:minmax(120px,max-content) minmax(0,1fr);border:1px solid var(--line);border-radius:6px;padding:4px 0}
.set dt,.set dd,.gone dt,.gone dd{padding:1px 8px}
.set dt,.gone dt{color:var(--soft);max-width:380px}
.set dt::before{content:"+ ";color:var(--create)}.gone dt::before{content:"− ";color:var(--delete)}
.plain>li{padding:3px 0}
.plain ul{padding-left:18px;list-style:disc}
.problem{margin:8px 0;padding:8px 12px;border:1px solid var(--line);border-left:4px solid var(--delete);border-radius:6px}
.problem pre{white-space:pre-wrap;margin-top:6px}
.hint{margin-top:6px}
.note+.change,.banner+.change{margin-top:6px}
.reached{margin-bottom:10px;padding:10px 14px;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.reached h3{font-size:14px;margin-bottom:4px}
.reached li{font-size:13.5px}
.reached h3 .soft{font-weight:400}
.scroll table{overflow-wrap:break-word;width:100%;font-size:14px}
.scroll th,.scroll td{padding:7px 12px;border-top:1px solid var(--line);vertical-align:top;font-weight:400;min-width:110px}
.scroll thead th{border-top:0;color:var(--soft);font-size:12.5px}
.cost ul{padding:8px 14px;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.acts{display:flex;gap:8px;margin-top:8px}
.acts button{font:inherit;font-size:13px;color:var(--link);background:none;border:1px solid var(--line);border-radius:5px;padding:2px 9px;cursor:pointer}
.foot{margin:40px 0 24px;color:var(--soft);font-size:13px}
`;

const NARROW = `
@media screen and (max-width:720px){
.verdict{font-size:20px}.verdict .icon{width:24px;height:24px}
.counts thead .count .word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.counts th,.counts td{padding:5px 6px}
.counts .worst .badge{padding:0 6px}
.tools{position:static}
.change>summary{grid-template-columns:minmax(0,1fr) auto;padding-left:28px}
.change .name{grid-column:1/-1;grid-row:2}.digest{grid-column:1/-1;grid-row:3}.name+.tags,.tags{grid-column:2;grid-row:1}
.body{padding-left:12px}
.inside{padding:0 8px 10px}
.diff,.diff tbody,.diff tr,.diff th,.diff td{display:block}
.diff{table-layout:auto}
.diff thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.diff tbody tr{border-top:1px solid var(--line)}
.diff tbody tr:first-child{border-top:0}
.diff tbody th,.diff tbody td{border:0}
.diff tbody th{padding-top:8px}
.diff td.old::before{content:"− ";color:var(--delete)}.diff td.new::before{content:"+ ";color:var(--create)}
.set,.gone{grid-template-columns:minmax(0,1fr)}
.set dd,.gone dd{padding-left:24px}
.sums{margin-left:0;width:100%}
}
`;

const PRINT = `
@media print{
:root{color-scheme:light}
body{background:#fff;font-size:10pt}
.tools,.skip,.toc,.acts,.words{display:none!important}
.stack::details-content,.few .change::details-content,.change.grave::details-content,.more::details-content{content-visibility:visible;block-size:auto}
.at .address,.evidence code{display:inline;overflow:visible}
.digest>span{display:block}
.opening{padding-top:8px}
.risk,.change,.reached,.problem,.banner,tr{break-inside:avoid}
h2,h3,h4,summary{break-after:avoid}
.change{content-visibility:visible}
.badge{background:none;color:var(--text);border-color:var(--text);--ink:#ffffff}
.act,.status,.tag{background:none;color:var(--text);border-color:var(--strong)}
.old,.new,.banner,.evidence,.why{background:none}
.old mark,.new mark,del mark,ins mark,.raw del,.raw ins{background:none}
mark{font-weight:700;text-decoration:underline}
td.old::before{content:"− "}td.new::before{content:"+ "}
a{color:inherit}
.first{display:block}
}
@page{margin:14mm}
`;

/** The style sheet of the page. */
export const STYLE = [variables(), GROUND, OPENING, MARKS, FIRST, CHANGES, NARROW, PRINT].join("");
