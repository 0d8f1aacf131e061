import { html, type Html } from '@postern/app-passwords/authorize'

/** The mark, a small arched door, ajar, with a lamp behind it; and the name. */
export const brand: Html = html`<p class="brand">
	<svg
		aria-hidden="true"
		focusable="false"
		width="28"
		height="28"
		viewBox="0 0 32 32"
		fill="none"
		stroke="currentColor"
		stroke-width="2.4"
		stroke-linecap="round"
	>
		<path d="M7 27V14a9 9 0 0 1 18 0v13" fill="#f2b33d" />
		<path d="M7.5 27V14a8.5 8.5 0 0 1 8.5-8.5v21.5z" fill="currentColor" stroke="none" />
		<path d="M13 15.5v3" stroke="#f2b33d" stroke-width="1.8" />
		<path d="M3.5 27.5h25" />
	</svg>
	Postern
</p>`
