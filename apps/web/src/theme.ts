import { createTheme, Menu, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** From stone to ink. */
const ink: MantineColorsTuple = [
	'#f6f4f0',
	'#ece8e1',
	'#ddd7cc',
	'#c4bdb0',
	'#a39b8e',
	'#837b6f',
	'#676056',
	'#4d4841',
	'#37332e',
	'#23211e',
]
const lamplight: MantineColorsTuple = [
	'#fff6e3',
	'#fdebc5',
	'#fadfa2',
	'#f7d07a',
	'#f5c259',
	'#f2b33d',
	'#e09f25',
	'#b97f16',
	'#8c5f0d',
	'#604006',
]
const danger: MantineColorsTuple = [
	'#fdf0ee',
	'#fadcd7',
	'#f5b9b0',
	'#f0988c',
	'#e0705f',
	'#c9503e',
	'#b03c2c',
	'#982e20',
	'#7a2318',
	'#551710',
]

const japanese =
	"'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic UI', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP'"

export const theme = createTheme({
	colors: { ink, lamplight, danger, dark: darkScale(), gray: grayScale() },
	primaryColor: 'ink',
	primaryShade: { light: 8, dark: 2 },
	autoContrast: true,
	luminanceThreshold: 0.25,
	white: '#fffdf9',
	black: '#23211e',
	fontFamily: `system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', ${japanese}, sans-serif`,
	fontFamilyMonospace: `ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', ${japanese}, monospace`,
	fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.0625rem', xl: '1.1875rem' },
	lineHeights: { xs: '1.5', sm: '1.55', md: '1.6', lg: '1.6', xl: '1.6' },
	headings: {
		fontWeight: '620',
		textWrap: 'balance',
		sizes: {
			h1: { fontSize: '1.625rem', lineHeight: '1.3' },
			h2: { fontSize: '1.1875rem', lineHeight: '1.4' },
			h3: { fontSize: '1rem', lineHeight: '1.5' },
		},
	},
	defaultRadius: 'md',
	radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
	cursorType: 'pointer',
	respectReducedMotion: true,
	components: {
		// Its stand-in for the first focus is no menu item, which a menu may not hold; the first item takes the focus.
		Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
	},
})

/** As ink; 4 is what draws the edge of a box to tick, 3:1 against its surface (WCAG 1.4.11). */
function grayScale(): MantineColorsTuple {
	const [a, b, c, d, , f, g, h, i, j] = ink
	return [a, b, c, d, '#8b8479', f, g, h, i, j]
}

/** What Mantine calls `dark`: text at 0, the page at 7. */
function darkScale(): MantineColorsTuple {
	return ['#ece8e1', '#d3cdc3', '#aca59a', '#7d776d', '#4a4640', '#35322d', '#24221f', '#171614', '#11100f', '#0b0a0a']
}

export const cssVariables: CSSVariablesResolver = () => ({
	variables: {},
	light: {
		'--mantine-color-body': '#f6f4f0',
		'--mantine-color-text': '#23211e',
		'--mantine-color-dimmed': '#5d574e',
		'--mantine-color-anchor': '#23211e',
		'--mantine-color-error': '#982e20',
		'--mantine-color-placeholder': '#767065',
		'--mantine-color-default': '#fffdf9',
		'--mantine-color-default-hover': '#f1ede6',
		'--mantine-color-default-border': '#8b8479',
	},
	dark: {
		'--mantine-color-body': '#171614',
		'--mantine-color-text': '#ece8e1',
		'--mantine-color-dimmed': '#b3aca1',
		'--mantine-color-anchor': '#ece8e1',
		'--mantine-color-error': '#f0988c',
		'--mantine-color-placeholder': '#958e83',
		'--mantine-color-default': '#201e1b',
		'--mantine-color-default-hover': '#2b2925',
		'--mantine-color-default-border': '#7a746a',
	},
})
