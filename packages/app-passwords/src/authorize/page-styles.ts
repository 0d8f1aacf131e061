/** Ink on stone, and amber for the one next step; by day and by night. */
export const pageStyles = `:root {
	color-scheme: light dark;
	--body: light-dark(#f6f4f0, #171614);
	--surface: light-dark(#fffdf9, #201e1b);
	--line: light-dark(#ddd7cc, #3a3732);
	--line-strong: light-dark(#8b8479, #7a746a);
	--ink: light-dark(#23211e, #ece8e1);
	--ink-dimmed: light-dark(#5d574e, #b3aca1);
	--lamplight: #f2b33d;
	--lamplight-edge: light-dark(#a06c10, #f2b33d);
	--bad: light-dark(#982e20, #f0988c);
	--bad-wash: light-dark(#fdf0ee, #331a16);
	--caution: light-dark(#7c4a00, #e6b874);
	--caution-wash: light-dark(#fbf1e1, #2f2413);
	--focus: light-dark(#23211e, #f7d07a);
	--radius: 7px;
}
*, ::before, ::after { box-sizing: border-box; }
body {
	margin: 0;
	padding: 1.5rem 1rem 4rem;
	background: var(--body);
	color: var(--ink);
	font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN',
		'Yu Gothic UI', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif;
	line-height: 1.6;
	overflow-wrap: anywhere;
}
:lang(ja) body { line-height: 1.75; line-break: strict; }
.page { max-width: 40rem; margin: 0 auto; }
.brand { display: flex; align-items: center; gap: 0.6rem; margin-bottom: 1.25rem; font-weight: 620; }
main {
	padding: clamp(1.1rem, 4vw, 2rem);
	border: 1px solid var(--line);
	border-radius: 10px;
	background: var(--surface);
}
h1 { margin: 0 0 1.25rem; font-size: clamp(1.25rem, 5.8vw, 1.5rem); font-weight: 620; line-height: 1.3; text-wrap: balance; }
:lang(ja) h1 { word-break: auto-phrase; line-height: 1.5; }
h2 { margin: 0 0 0.35rem; font-size: 1rem; font-weight: 620; }
p { margin: 0 0 1rem; }
small, .hint { display: block; color: var(--ink-dimmed); font-size: 0.9375rem; }
.facts { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: 0.9rem 1.25rem; margin: 0 0 1.5rem; }
.facts dt { color: var(--ink-dimmed); }
.facts dd { margin: 0; }
.facts ul { margin: 0; padding-left: 1.1rem; }
.host { font-size: 1.1875rem; font-weight: 620; }
.caution { color: var(--caution); }
.notice {
	margin: 0 0 1.5rem;
	padding: 0.8rem 1rem;
	border-left: 3px solid var(--caution);
	border-radius: 3px;
	background: var(--caution-wash);
}
.notice.bad { border-color: var(--bad); background: var(--bad-wash); }
.notice :last-child { margin-bottom: 0; }
.notice ul { margin: 0; padding-left: 1.1rem; }
.field { margin: 0 0 1.5rem; }
.field .hint { margin: 0.35rem 0 0; }
.answers ~ .hint { margin: 1.25rem 0 0; }
label, legend { padding: 0; font-weight: 560; }
.choice label { font-weight: 400; }
fieldset { min-width: 0; margin: 0 0 1.5rem; padding: 0; border: 0; }
legend { margin-bottom: 0.35rem; }
input:not([type='radio'], [type='checkbox']), select {
	display: block;
	width: 100%;
	min-height: 2.6rem;
	margin-top: 0.35rem;
	padding: 0.45rem 0.7rem;
	border: 1px solid var(--line-strong);
	border-radius: var(--radius);
	background: var(--surface);
	color: var(--ink);
	font: inherit;
}
input[aria-invalid='true'] { border-color: var(--bad); }
input[type='radio'], input[type='checkbox'] { width: 1.05rem; height: 1.05rem; margin: 0.28rem 0 0; accent-color: var(--ink); }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 0.65rem; margin: 0.5rem 0; }
.choice small { grid-column: 2; }
.option:not(:has(> .choice > input:checked)) > .within { display: none; }
.within { margin: 0.25rem 0 1rem 1.7rem; }
.within ul { margin: 0; padding-left: 1.1rem; }
input.secret { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: clamp(0.9rem, 4vw, 1.125rem); }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.875rem; }
.answers { display: grid; gap: 1.25rem; margin-top: 2rem; }
.answers > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0.25rem 1rem; align-items: start; }
.answers code { display: block; }
button, .button {
	display: inline-block;
	min-height: 2.6rem;
	padding: 0.45rem 1.1rem;
	border: 1px solid var(--line-strong);
	border-radius: var(--radius);
	background: transparent;
	color: var(--ink);
	font: inherit;
	font-weight: 560;
	text-align: center;
	text-decoration: none;
	cursor: pointer;
}
button.next { border-color: var(--lamplight-edge); background: var(--lamplight); color: #23211e; }
button:disabled { opacity: 0.55; cursor: default; }
a { color: inherit; text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
[tabindex='-1']:focus { outline: none; }
.copy { display: grid; grid-template-columns: 1fr auto; gap: 0.6rem; align-items: end; margin-bottom: 0.5rem; }
.copy input { min-width: 0; }
@media (max-width: 36rem) {
	.facts, .answers > div { grid-template-columns: 1fr; gap: 0.15rem; }
	.facts dd { margin-bottom: 0.75rem; }
	.answers button { width: 100%; }
	.copy { grid-template-columns: 1fr; }
	input.secret { padding-inline: 0.5rem; text-align: center; }
}
@media (prefers-reduced-motion: no-preference) { button { transition: opacity 120ms; } }
`
