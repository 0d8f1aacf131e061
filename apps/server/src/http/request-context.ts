import type { HttpBindings } from '@hono/node-server'
import { languages, type Language } from '@postern/vocabulary'

/** What every handler knows of the request that it answers. */
export type RequestContext = {
	readonly requestId: string
	/** The caller's address; never a proxy's that we trust. */
	readonly ip: string
	/** Whether the request came by TLS, as far as a trusted proxy says. */
	readonly isTls: boolean
	readonly userAgent: string | undefined
	readonly language: Language
	readonly headers: Headers
	readonly signal: AbortSignal
	/** `Set-Cookie` lines of the answer. */
	readonly cookies: string[]
}

/** What Hono carries along with a request. */
export type HttpEnvironment = { Bindings: HttpBindings; Variables: { context: RequestContext } }

/** Chooses among our languages by `Accept-Language` (RFC 9110 §12.5.4); English when none fits. */
export function chooseLanguage(acceptLanguage: string | null): Language {
	const ranges = (acceptLanguage ?? '').split(',').map((part) => {
		const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
		const quality = parameters
			.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
			.find((q) => q !== undefined)
		return { primary: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
	})
	const best = ranges
		.filter((range) => range.quality > 0)
		.toSorted((a, b) => b.quality - a.quality)
		.find((range) => languages.some((language) => language === range.primary))
	return languages.find((language) => language === best?.primary) ?? 'en'
}
