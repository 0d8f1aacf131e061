import { isScope, type Scope } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import inputs from '../../../../packages/policy/src/bad-inputs/gateway-request.json' with { type: 'json' }
import { answerJson, startGateway } from './gateway.testing.ts'

// GWR-027 and GWR-029 are nothing that a client sends (http-wire.test.ts), GWR-036 and GWR-038 are streams (streams.test.ts).
const elsewhere = new Set(['GWR-027', 'GWR-029', 'GWR-036', 'GWR-038'])

/** Where this gateway says something else than the corpus, and why. */
const otherwise: Readonly<Record<string, number>> = {
	'GWR-020': 400, // batches are decided item by item, and this one has none where items belong
	'GWR-021': 415, // and they are JSON
	'GWR-032': 400, // T43: `Connection` may not nominate who asks
}

function scopesOf(named: readonly string[]): readonly Scope[] {
	return named.flatMap((name): readonly Scope[] => {
		if (name === 'full') return ['site:everything']
		return isScope(name) ? [name] : []
	})
}

type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string }

describe('T21–T30 requests of the corpus, on their way through the whole gateway', () => {
	it.each(inputs.filter(({ id }) => !elsewhere.has(id)).map((one) => [one.id, one.label, one] as const))(
		'%s %s',
		async (id, _label, { input, context, expect: expected }) => {
			const { site, grant, ask } = await startGateway({ capabilities: ['unfiltered_html'] })
			site.answer = (_request, response) => answerJson(response, {})
			const sent = input as Sent // the streams are elsewhere
			// Here media has scopes of its own.
			const as = await grant([...scopesOf(context.scopes), 'media:read'])
			const { method, path, headers = {}, body } = sent
			const told = await ask({ method, path, as, headers, ...(body ? { body } : {}) })
			const wanted = otherwise[id] ?? ('http' in expected ? expected.http : undefined)
			if (wanted === undefined) {
				expect(told.status).toBeLessThan(300)
				expect(JSON.stringify(site.seen)).not.toMatch(/evil|1\.2\.3\.4|wordpress_logged_in|nonce|users\/me.*users\/me/i)
				return
			}
			expect([wanted].flat()).toContain(told.status)
			expect(site.seen).toEqual([])
		},
	)
})
