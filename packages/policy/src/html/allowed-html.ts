/** What WordPress lets an author store (`wp_kses_post`), or less. */
export const allowedElements: ReadonlySet<string> = new Set(
	(
		'a abbr acronym address article aside audio b bdo big blockquote br button caption cite code col colgroup dd del ' +
		'details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark ' +
		'nav ol p pre q rb rp rt rtc ruby s samp section small span strike strong sub summary sup table tbody td tfoot th ' +
		'thead tr track tt u ul var video'
	).split(' '),
)

/** Besides those with `data-` and `aria-` in front. */
export const allowedAttributes: ReadonlySet<string> = new Set(
	(
		'abbr align alt autoplay axis bgcolor border cellpadding cellspacing class color cols colspan controls datetime ' +
		'default dir disabled download face height headers hidden hspace id kind label lang loading loop ' +
		'muted name noshade nowrap open playsinline preload rel reversed role rowspan rules scope size span srclang start summary ' +
		'target title type valign value vspace width xml:lang'
	).split(' '),
)

/** Their values are addresses. */
export const addressAttributes: ReadonlySet<string> = new Set(['cite', 'href', 'longdesc', 'poster', 'src'])

export const allowedSchemes: ReadonlySet<string> = new Set([
	'http',
	'https',
	'mailto',
	'tel',
	'sms',
	'ftp',
	'ftps',
	'webcal',
	'xmpp',
	'news',
])

/** Or with one of these and a dash in front, as `margin-top`. */
export const allowedStyles: ReadonlySet<string> = new Set(
	(
		'align-content align-items align-self aspect-ratio background border bottom box-shadow caption-side clear ' +
		'color column-count column-fill column-gap column-rule column-span column-width columns cursor direction ' +
		'filter flex float font gap grid-auto grid-column grid-gap grid-row grid-template height justify-content ' +
		'justify-items justify-self left letter-spacing line-height list-style-type margin max-height max-width ' +
		'min-height min-width object-fit object-position overflow padding position right row-gap text-align ' +
		'text-decoration text-indent text-transform top vertical-align width writing-mode z-index'
	).split(' '),
)

export const allowedStyleFunctions: ReadonlySet<string> = new Set([
	'calc',
	'clamp',
	'conic-gradient',
	'hsl',
	'hsla',
	'linear-gradient',
	'max',
	'min',
	'minmax',
	'radial-gradient',
	'repeat',
	'repeating-linear-gradient',
	'repeating-radial-gradient',
	'rgb',
	'rgba',
	'url',
	'var',
])
