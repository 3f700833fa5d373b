/** How the page looks, in light and in dark. All of it is in the page. */
export const style = `
:root { color-scheme: light dark; --text: #1c2430; --quiet: #5b6675; --ground: #f6f7f9; --card: #fff; --line: #d9dee5;
  --good: #1a7f4b; --bad: #c0272d; --warn: #9a5b00; --link: #0b57b7; --code: #eef1f5;
  --firmware: #7a8699; --ipxe: #0f8b8d; --kernel: #7b5ea7; --initramfs: #c98a1b; --rbdboot: #d1495b; --system: #2f6fb7 }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --quiet: #9aa6b5; --ground: #12161c; --card: #1a2029; --line: #323b48;
  --good: #4cc38a; --bad: #ff7b72; --warn: #e5a44b; --link: #7db4ff; --code: #232b36 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif }
.page { max-width: 76rem; margin: 0 auto; padding: 1.25rem clamp(.75rem, 3vw, 2rem) 4rem }
a { color: var(--link) } a:focus-visible, summary:focus-visible, input:focus-visible + label { outline: 2px solid var(--link); outline-offset: 2px }
h1 { font-size: clamp(1.4rem, 4vw, 2rem); line-height: 1.2; margin: 0 0 .3rem } h2 { font-size: 1.05rem; margin: 0 0 .6rem } h3 { font-size: .95rem; margin: 1rem 0 .3rem }
.quiet { color: var(--quiet) } .good { color: var(--good) } .bad { color: var(--bad) }
.facts { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: 0; padding: 0; list-style: none; color: var(--quiet) } .facts b { color: var(--text); font-weight: 600 }
.strip { display: flex; flex-wrap: wrap; gap: 3px; list-style: none; margin: 1rem 0; padding: 0 }
.strip a { display: block; width: 14px; height: 20px; border-radius: 3px; background: var(--good) } .strip .failed { background: var(--bad); width: 22px } .strip .missing { background: none; border: 2px dashed var(--bad) }
.cards { columns: 30rem; column-gap: .9rem; margin-bottom: .2rem } .cards .card { break-inside: avoid }
.card, .scenario { background: var(--card); border: 1px solid var(--line); border-radius: 10px; min-width: 0 } .card { padding: .9rem 1.1rem; margin-bottom: .9rem } .card > ul { margin: 0 }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums } th, td { text-align: right; padding: .15rem .5rem; border-bottom: 1px solid var(--line); white-space: nowrap } th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; overflow-wrap: anywhere } th { color: var(--quiet); font-weight: 500 }
.scroll { overflow-x: auto }
.bars { list-style: none; margin: 0; padding: 0 } .bars li { display: grid; grid-template-columns: minmax(0, 1fr) 4.5rem; gap: 0 .6rem; align-items: center; margin-bottom: .35rem } .bars li > :first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap } .bars li > :nth-child(2) { text-align: right; font-variant-numeric: tabular-nums }
.bars i { grid-column: 1 / -1; height: 5px; border-radius: 3px; background: var(--code); overflow: hidden } .bars i b { display: block; height: 100%; background: var(--system); border-radius: 3px } .bars .bad-bar b { background: var(--bad) }
svg { display: block; width: 100%; height: auto; max-height: 7rem } rect.passed { fill: var(--good) } rect.failed { fill: var(--bad) } line.budget { stroke: var(--warn); stroke-width: 1.5; stroke-dasharray: 5 4 }
figure { margin: .6rem 0; max-width: 26rem } figcaption { color: var(--quiet); font-size: .85rem }
.filter { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1.4rem 0 .8rem } .filter label { border: 1px solid var(--line); background: var(--card); border-radius: 99px; padding: .15rem .8rem; cursor: pointer }
.hide { position: absolute; opacity: 0; pointer-events: none }
#all:checked ~ .filter [for=all], #bad:checked ~ .filter [for=bad], #shaky:checked ~ .filter [for=shaky], #late:checked ~ .filter [for=late] { background: var(--link); border-color: var(--link); color: var(--card) }
#bad:checked ~ .scenarios .scenario:not(.failed), #shaky:checked ~ .scenarios .scenario:not(.flaky), #late:checked ~ .scenarios .scenario:not(.late) { display: none }
.scenario { margin-bottom: .55rem; padding: 0; scroll-margin-top: .5rem; border-left: 5px solid var(--good) } .scenario.failed { border-left-color: var(--bad) }
.scenario > summary { list-style: none; cursor: pointer; display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) 4.2rem; gap: .1rem .6rem; padding: .55rem .9rem; align-items: baseline } .scenario > summary::-webkit-details-marker { display: none }
.scenario > summary .title { overflow-wrap: anywhere } .scenario > summary .took { text-align: right; font-variant-numeric: tabular-nums; color: var(--quiet) } .scenario > summary .bands { grid-column: 2 / -1; display: grid; gap: 3px }
.scenario:target { box-shadow: 0 0 0 3px var(--link) } .inside { padding: 0 .9rem .9rem }
.id { font: 600 .85em ui-monospace, Menlo, Consolas, monospace; color: var(--quiet); margin-right: .3rem } .tag { font-size: .8rem; border-radius: 4px; padding: .05rem .4rem; background: var(--code) } .tag.class { background: var(--bad); color: var(--card); font-weight: 600 } .tag.warn { background: var(--warn); color: var(--card) }
.band { display: flex; height: 8px; border-radius: 4px; overflow: hidden } .band b { min-width: 1px }
.g-firmware { background: var(--firmware) } .g-iPXE { background: var(--ipxe) } .g-kernel { background: var(--kernel) } .g-initramfs { background: var(--initramfs) } .g-rbdboot { background: var(--rbdboot) } .g-system { background: var(--system) }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; padding: 0; margin: 0 0 .8rem; color: var(--quiet); font-size: .85rem } .legend b { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .35rem; vertical-align: -1px }
.waterfall { position: relative; font-size: .85rem; --names: clamp(6.5rem, 24%, 12rem); --seconds: 5.5rem } .waterfall ul { list-style: none; margin: 0; padding: 0 } .waterfall ul li { display: grid; grid-template-columns: var(--names) minmax(0, 1fr) var(--seconds); gap: .6rem; align-items: center; padding: 1px 0 } .waterfall ul li > :first-child { text-align: right; overflow-wrap: anywhere; line-height: 1.2 } .waterfall ul li.over > :last-child { color: var(--warn); font-weight: 600 }
.waterfall i { position: relative; display: block; height: 13px; background: var(--code); border-radius: 2px } .waterfall ul i b { position: absolute; top: 0; bottom: 0; border-radius: 2px }
.marks { position: absolute; inset: 0; display: grid; grid-template-columns: var(--names) minmax(0, 1fr) var(--seconds); gap: .6rem; pointer-events: none; z-index: 1 } .marks i { grid-column: 2; height: auto; background: none } .marks .fault { position: absolute; top: 0; bottom: 0; border-left: 2px dashed var(--bad) } .marks .fault span { position: absolute; top: -2px; left: -9px; min-width: 16px; border-radius: 8px; background: var(--bad); color: var(--card); font: 600 11px/16px system-ui, sans-serif; text-align: center }
.waterfall:has(.marks) { padding-top: 1.1rem } .faults { margin: .4rem 0 0; padding-left: 1.6rem; color: var(--bad) } .faults::before { content: "Done to it:"; margin-left: -1.6rem; color: var(--quiet) }
pre { background: var(--code); border-radius: 6px; padding: .7rem .8rem; overflow: auto; max-height: 32rem; font: 12px/1.45 ui-monospace, Menlo, Consolas, monospace; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere } pre b { color: var(--link) } pre em { font-style: normal; font-weight: 700; color: var(--bad) }
.machine > summary, .inside > details > summary { cursor: pointer; color: var(--link) } .screen { display: block; max-width: min(100%, 40rem); border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0 }
code { font: .9em ui-monospace, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: .05rem .3rem; overflow-wrap: anywhere }
@media (max-width: 36rem) { .waterfall { --names: 6rem; --seconds: 3.4rem } .waterfall ul li, .marks { gap: .4rem } .scenario > summary { grid-template-columns: 1rem minmax(0, 1fr) 3.6rem } th, td { padding-inline: .35rem } }
@media print { .filter, .strip { display: none } .scenario { break-inside: avoid } }
`;
