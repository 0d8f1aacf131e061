import { Parser } from 'htmlparser2'
import type { Answer } from './probe.ts'

export type RsdService = { readonly xmlRpc: URL; readonly home: URL | undefined }

/** The XML-RPC address that an RSD document names, and the home page it is for. */
export function readRsdService(answer: Answer): RsdService | undefined {
	let link: string | undefined
	let home: string | undefined
	let isInHome = false
	const parser = new Parser(
		{
			onopentag: (name, { name: api, apiLink }) => {
				isInHome = name === 'homePageLink'
				if (name === 'api' && api === 'WordPress') link ??= apiLink
			},
			ontext: (text) => {
				if (isInHome) home = (home ?? '') + text
			},
			onclosetag: () => {
				isInHome = false
			},
		},
		{ xmlMode: true },
	)
	parser.end(answer.text.slice(0, 65_536))
	const xmlRpc = readWebAddress(link, answer.url)
	return xmlRpc === undefined ? undefined : { xmlRpc, home: readWebAddress(home?.trim(), answer.url) }
}

function readWebAddress(address: string | undefined, base: URL): URL | undefined {
	const url = address === undefined || address === '' ? null : URL.parse(address, base.href)
	return url !== null && /^https?:$/.test(url.protocol) && url.username === '' ? url : undefined
}
