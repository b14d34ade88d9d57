/** The page's style: light and dark by the reader's preference, no font and no image from elsewhere. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #60646c; --line: #e3e5e8; --paper: #fff; --card: #f7f8f9;
  --good: #18794e; --attention: #946800; --bad: #c62a2f; --new: #0f5132; --newback: #e6f5ec; --oldback: #fdebec; --old: #8e2227; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #9ba1a6; --line: #2e3236; --paper: #131517;
  --card: #1b1e21; --good: #4cc38a; --attention: #f1c04a; --bad: #ff7b7f; --new: #8fe0b4; --newback: #10291d;
  --oldback: #331618; --old: #ffa8ab; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 2.5rem 1.5rem 5rem; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 3rem 0 .25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: .95rem; margin: 1.75rem 0 .5rem; }
p { margin: .35rem 0; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--soft); }
code, td.value { font: .87em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.soft { color: var(--soft); }
.good { color: var(--good); } .attention { color: var(--attention); } .bad { color: var(--bad); }
.ending { font-size: 1.05rem; font-weight: 600; }
.scroll { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem; }
th { font-weight: 500; font-size: .85rem; color: var(--soft); background: var(--card); white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
tbody tr.more { border-top: 0; } tbody tr.more td { padding-top: 0; }
.number { text-align: right; white-space: nowrap; }
td:first-child { min-width: 9rem; max-width: 32rem; }
tfoot tr { border-top: 2px solid var(--line); font-weight: 600; }
.zero { color: var(--soft); opacity: .6; }
td.value { min-width: 8rem; }
.to { color: var(--new); background: var(--newback); border-radius: 3px; padding: 0 .25em; }
.from { color: var(--old); background: var(--oldback); border-radius: 3px; padding: 0 .25em; }
.card { background: var(--card); border-radius: 8px; padding: .8rem 1rem; margin: .6rem 0; }
.error { border-left: 4px solid var(--bad); }
ul { padding-left: 1.2rem; margin: .35rem 0; }
@media print { body { max-width: none; padding: 0; } .scroll { overflow: visible; } }
`
