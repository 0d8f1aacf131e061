import type { ReactNode } from 'react'

/** Outlines on a grid of 20. An icon always stands beside a word, or its button carries a label. */
const outlines = {
	dashboard: 'M3 3h6v7H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 12h6v5H3z',
	connectors: 'M7 2.5V6M13 2.5V6M4.5 6h11v3.5a5.5 5.5 0 0 1-11 0zM10 15v2.5',
	activity: 'M2.5 10.5h3.5l2-6 4 11.5 2.2-5.5h3.3',
	users:
		'M7.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c.3-3 2.4-5 5.5-5s5.2 2 5.5 5M13 3.3a3 3 0 0 1 0 5.4M15 11.9c1.7.7 2.8 2.4 3 4.6',
	help: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.8 7.7a2.2 2.2 0 1 1 3.4 2c-.8.5-1.2 1-1.2 1.9M10 14.2v.1',
	menu: 'M3 5.5h14M3 10h14M3 14.5h14',
	close: 'm5 5 10 10M15 5 5 15',
	check: 'm4 10.5 4 4 8-9',
	passed: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zm-3.5-7.3 2.5 2.5 4.5-5',
	failed: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.5 7.5l5 5M12.5 7.5l-5 5',
	warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1',
	info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9.2v4.3M10 6.5v.1',
	waiting: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z',
	running: 'M10 2.5a7.5 7.5 0 1 1-7.5 7.5',
	skipped: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM6.5 10h7',
	clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.8V10l2.8 2',
	wrench: 'M12.7 3a4.2 4.2 0 0 0-4.4 5.7l-5.5 5.5 3 3 5.5-5.5A4.2 4.2 0 0 0 17 7.3l-2.5 2.5-2.3-.6-.6-2.3z',
	unplugged:
		'M3 3l14 14M7 2.5v1.8M13 2.5V6M7.6 6h7.9v3.5c0 1.1-.3 2.1-.9 3M12.3 14.5A5.5 5.5 0 0 1 4.5 9.5V6M10 15v2.5',
	half: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 2.5v15M10 6.5h5.5M10 10h7M10 13.5h5.5',
	copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
	eye: 'M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10zM10 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z',
	eyeOff:
		'M3 3l14 14M8 4.7c.6-.1 1.3-.2 2-.2 5.2 0 8.2 5.5 8.2 5.5s-.8 1.5-2.4 2.9M5 6.4C2.9 7.9 1.8 10 1.8 10s3 5.5 8.2 5.5c1.6 0 3-.5 4.1-1.2M8.3 8.3a2.4 2.4 0 0 0 3.4 3.4',
	chevronDown: 'm5 7.5 5 5 5-5',
	chevronRight: 'm7.5 5 5 5-5 5',
	arrowLeft: 'M16.5 10h-13M8.5 5l-5 5 5 5',
	arrowRight: 'M3.5 10h13M11.5 5l5 5-5 5',
	sun: 'M10 13.3a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM10 2v1.7M10 16.3V18M2 10h1.7M16.3 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M4.3 15.7l1.2-1.2M14.5 5.5l1.2-1.2',
	moon: 'M16.5 11.8A7 7 0 1 1 8.2 3.5a5.6 5.6 0 0 0 8.3 8.3z',
	language:
		'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM2.5 10h15M10 2.5c2 2 3 4.5 3 7.5s-1 5.5-3 7.5c-2-2-3-4.5-3-7.5s1-5.5 3-7.5z',
	signOut: 'M8 3H3.5v14H8M8.5 10h9M14 6.5l3.5 3.5-3.5 3.5',
	account: 'M10 9.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM3.5 17c.4-3.3 3-5.2 6.5-5.2s6.1 1.9 6.5 5.2',
	key: 'M6.5 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM9 11l7.5-7.5M13.5 6.5l2.5 2.5',
	shield: 'M10 2.5 3.5 5v4.5c0 4 2.7 6.7 6.5 8 3.8-1.3 6.5-4 6.5-8V5z',
	plus: 'M10 4v12M4 10h12',
	search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
	dots: 'M10 4.5v.1M10 10v.1M10 15.5v.1',
	pause: 'M7 4.5v11M13 4.5v11',
	play: 'M6.5 4v12l9-6z',
	chart: 'M3 16.5h14M5.5 13.5v-4M10 13.5v-9M14.5 13.5v-6.5',
	refresh: 'M16.5 10a6.5 6.5 0 1 1-1.9-4.6L16.5 7M16.5 3v4h-4',
	external: 'M8 4H4v12h12v-4M11.5 3.5h5v5M16.5 3.5 9.5 10.5',
	link: 'M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1',
	download: 'M10 3v10M5.5 9l4.5 4.5L14.5 9M3.5 17h13',
	upload: 'M10 13V3M5.5 7 10 2.5 14.5 7M3.5 17h13',
	tag: 'M3 3.5h6.5l7.5 7.5-6 6L3 9.5zM6.5 7v.1',
	keyboard: 'M2.5 5h15v10h-15zM5.5 8v.1M8.5 8v.1M11.5 8v.1M14.5 8v.1M6.5 12h7',
	trash: 'M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11.5h8.4L15 5.5M8.3 8.5v5.5M11.7 8.5v5.5',
	pencil: 'M3.5 16.5l.8-3.7L13.5 3.5l3 3-9.3 9.2z',
	machine: 'M4 3.5h12v5H4zM4 11.5h12v5H4zM7 6v.1M7 14v.1M10 6h3.5M10 14h3.5',
	device: 'M3 4h14v9.5H3zM7.5 17h5M10 13.5V17',
	invite: 'M8 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c.3-3 2.4-5 5.5-5 1.2 0 2.2.3 3.1.8M15 11v6M12 14h6',
} as const

export type IconName = keyof typeof outlines

/** Decoration: the word beside it says the same. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }): ReactNode {
	return (
		<svg
			aria-hidden="true"
			focusable="false"
			width={size}
			height={size}
			viewBox="0 0 20 20"
			fill="none"
			stroke="currentColor"
			strokeWidth={name === 'dots' ? 2.6 : 1.6}
			strokeLinecap="round"
			strokeLinejoin="round"
		>
			<path d={outlines[name]} />
		</svg>
	)
}

/** The mark: a small arched door, ajar, with a lamp behind it. */
export function Mark({ size = 26 }: { readonly size?: number }): ReactNode {
	return (
		<svg aria-hidden="true" focusable="false" width={size} height={size} viewBox="0 0 32 32">
			<path d="M7 27V14a9 9 0 0 1 18 0v13z" fill="var(--lamplight)" />
			<path d="M7 27V14a9 9 0 0 1 18 0v13" fill="none" stroke="var(--ink)" strokeWidth="2.4" strokeLinecap="round" />
			<path d="M7.5 27V14a8.5 8.5 0 0 1 8.5-8.5v21.5z" fill="var(--ink)" />
			<path d="M13 15.5v3" stroke="var(--lamplight)" strokeWidth="1.8" strokeLinecap="round" />
			<path d="M3.5 27.5h25" stroke="var(--ink)" strokeWidth="2.4" strokeLinecap="round" />
		</svg>
	)
}
