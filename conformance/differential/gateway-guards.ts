import type { Edit } from './guards.ts'

/** A rule of the server that is taken out; nothing but its own tests can notice, as policy decides the same. */
export type GatewayGuard = {
	readonly name: string
	readonly threats: readonly string[]
	/** `file` is within `apps/server/src`. */
	readonly edits: readonly Edit[]
	/** Within `apps/server/src`; those that are asked whether they notice. */
	readonly tests: readonly string[]
}

const edit = (file: string, text: string, replacement: string): Edit => ({ file, text, replacement })

export const gatewayGuards: readonly GatewayGuard[] = [
	{
		name: 'nothing of the gateway is opened as a page',
		threats: ['T46'],
		edits: [
			edit(
				'gateway/receive.ts',
				"return secFetchMode === 'navigate' || secFetchDest !== 'empty'",
				"return secFetchMode === 'navigate' && secFetchDest === ''",
			),
		],
		tests: ['gateway/own-answers.test.ts'],
	},
	{
		name: 'a site’s 401 is not the caller’s',
		threats: ['T102'],
		edits: [edit('gateway/read-answer-head.ts', 'if (status === 401) return', 'if (status === 499) return')],
		tests: ['gateway/upstream-response.test.ts'],
	},
	{
		name: 'a site says only what is on the list of headers',
		threats: ['T46', 'T53'],
		edits: [
			edit('gateway/read-answer-head.ts', 'for (const name of passed) {', 'for (const name of Object.keys(headers)) {'),
		],
		tests: ['gateway/upstream-response.test.ts'],
	},
	{
		name: 'what a site answers acts nowhere',
		threats: ['T46'],
		edits: [edit('gateway/answer-headers.ts', "sandbox; default-src 'none'; frame-ancestors 'none'", 'default-src *')],
		tests: ['gateway/upstream-response.test.ts', 'gateway/own-answers.test.ts', 'gateway/gateway.test.ts'],
	},
	{
		name: 'what could be a page is a file',
		threats: ['T46'],
		edits: [
			edit(
				'gateway/read-answer-head.ts',
				"if (!isJson && !xmlType.test(type)) list.push('content-disposition', 'attachment')",
				'',
			),
		],
		tests: ['gateway/upstream-response.test.ts'],
	},
	{
		name: 'a redirect does not lead out of the API',
		threats: ['T11', 'T13'],
		edits: [
			edit(
				'gateway/read-answer-head.ts',
				'status !== 304 && location === undefined',
				"status !== 304 && location === ''",
			),
		],
		tests: ['gateway/upstream-response.test.ts'],
	},
	{
		name: 'a caller’s headers stay here',
		threats: ['T43', 'T44'],
		edits: [
			edit(
				'gateway/forward.ts',
				"list.push('accept', headers.accept ?? '*/*')",
				"for (const [name, value] of Object.entries(headers)) if (typeof value === 'string' && name !== 'host' && name !== 'authorization' && name !== 'content-length') list.push(name, value)",
			),
		],
		tests: ['gateway/gateway.test.ts', 'gateway/forward.test.ts'],
	},
	{
		name: 'one message, one length',
		threats: ['T42'],
		edits: [
			edit(
				'gateway/read-wire.ts',
				'return wire.host !== undefined && isFramed(framing) ? ok(wire)',
				'return wire.host !== undefined ? ok(wire)',
			),
		],
		tests: ['gateway/http-wire.test.ts'],
	},
	{
		name: 'a change is recorded before it leaves',
		threats: ['T85'],
		edits: [
			edit(
				'access/record-decision.ts',
				'permit.isWrite ? commit(asking, accessJournal) : note(asking, accessJournal)',
				'note(asking, accessJournal)',
			),
		],
		tests: ['access', 'gateway/gateway.test.ts', 'gateway/forward.test.ts'],
	},
	{
		name: 'what a permit depends on is asked of the site',
		threats: ['T26'],
		edits: [
			edit(
				'access/settle.ts',
				'for (const alternatives of opened.recorded.permit.conditions) {',
				'for (const alternatives of opened.recorded.permit.conditions.slice(0, 0)) {',
			),
		],
		tests: ['access', 'gateway/gateway.test.ts', 'gateway/forward.test.ts'],
	},
	{
		name: 'a stream ends when its password is revoked',
		threats: ['T70', 'T71'],
		edits: [
			edit(
				'gateway/may-go-on.ts',
				'if (password === undefined || current === undefined',
				'if (password === undefined) return true\n\tif (current === undefined',
			),
		],
		tests: ['gateway/streams.test.ts', 'gateway/open-streams.test.ts'],
	},
	{
		name: 'uploads are looked at for scripts',
		threats: ['T31'],
		edits: [
			edit(
				'gateway/forward.ts',
				'if (!mustFilterHtml(principal, site) || !holds(value)) return ok()',
				'if (!mustFilterHtml(principal, site) || holds(value) !== undefined) return ok()',
			),
		],
		tests: ['gateway/forward.test.ts', 'gateway/streams.test.ts', 'gateway/gateway.test.ts'],
	},
]
