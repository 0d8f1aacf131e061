import { type AllowRule, parseAllowRules } from '@postern/egress'
import { type Language, languages, type ProblemParams, problems, problemText, type Secret } from '@postern/vocabulary'
import type { EdgeLogin, Transport } from '@postern/wp-client'
import type { Surroundings } from '../surroundings.ts'
import { exitStatus } from '../exit-status.ts'
import { say } from '../texts/say.ts'
import { textsOf } from '../texts/texts.ts'
import { takeSecret } from './take-secret.ts'
import type { DoctorArguments } from './arguments.ts'

export type DoctorOptions = {
	readonly address: string
	readonly login: { readonly username: string; readonly password: Secret } | undefined
	readonly edge: EdgeLogin | undefined
	readonly pin: string | undefined
	readonly transport: Transport
	readonly triesDraft: boolean
	readonly timeoutMs: number | undefined
	readonly allow: readonly AllowRule[]
	readonly userAgent: string | undefined
	readonly language: Language
	readonly isJson: boolean
}

const transports = ['rest', 'xml-rpc'] as const satisfies readonly Transport[]

type Read<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly reason: string; readonly status: number }

/** Reads what was typed, and asks for the secrets that belong to it: the staging password last. */
export async function readDoctorOptions(
	given: DoctorArguments,
	surroundings: Surroundings,
): Promise<Read<DoctorOptions>> {
	const language = readLanguage(given.lang, surroundings.environment)
	if (language === undefined) return wrong('en', 'lang', textsOf('en').languageShape)
	const texts = textsOf(language)
	const pin = given.pin?.replaceAll(':', '').toLowerCase()
	if (pin !== undefined && !/^[0-9a-f]{64}$/.test(pin)) return wrong(language, 'pin', texts.pinShape)
	const seconds = given.timeout === undefined ? undefined : Number(given.timeout)
	if (seconds !== undefined && !(seconds >= 1 && seconds <= 60)) return wrong(language, 'timeout', texts.timeoutShape)
	const transport = transports.find((name) => name === (given.transport ?? 'rest'))
	if (transport === undefined) return wrong(language, 'transport', texts.transportShape)
	const allow = readAllowed(given['allow-private'], language, surroundings)
	if (!allow.ok) return allow
	const userAgent = surroundings.environment['POSTERN_USER_AGENT'] || undefined
	if (userAgent !== undefined && !/^[\x20-\x7E]{1,256}$/.test(userAgent))
		return wrongSetting(language, { name: 'POSTERN_USER_AGENT', reason: texts.userAgentShape })
	const login = await takeLogin({
		username: given.user,
		variable: 'POSTERN_SITE_PASSWORD',
		question: texts.passwordQuestion,
	})
	if (!login.ok) return login
	const edge = await takeLogin({
		username: given['edge-user'],
		variable: 'POSTERN_EDGE_PASSWORD',
		question: texts.edgeQuestion,
	})
	if (!edge.ok) return edge
	const timeoutMs = seconds === undefined ? undefined : seconds * 1_000
	return {
		ok: true,
		value: {
			address: given.address,
			login: login.value,
			edge: edge.value,
			pin,
			transport,
			triesDraft: given['try-draft'] === true,
			timeoutMs,
			allow: allow.value,
			userAgent,
			language,
			isJson: given.json === true,
		},
	}

	async function takeLogin({ username, variable, question }: Wanted): Promise<Read<EdgeLogin | undefined>> {
		if (username === undefined) return { ok: true, value: undefined }
		const password = await takeSecret({ variable, question: say(question, { username }) }, surroundings)
		if (password !== undefined) return { ok: true, value: { username, password } }
		return { ok: false, reason: say(texts.noPassword, { variable }), status: exitStatus.you }
	}
}

type Wanted = { readonly username: string | undefined; readonly variable: string; readonly question: string }

function wrong(language: Language, option: string, reason: string): Read<never> {
	return { ok: false, reason: say(textsOf(language).wrongOption, { option, reason }), status: exitStatus.you }
}

/** Without a wish, the language of the machine, English if we do not speak it. */
function readLanguage(wish: string | undefined, environment: Surroundings['environment']): Language | undefined {
	const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
	const named = wish ?? system.slice(0, 2)
	return languages.find((language) => language === named) ?? (wish === undefined ? 'en' : undefined)
}

/** The variable and the option together. */
function readAllowed(
	option: string | undefined,
	language: Language,
	{ environment }: Surroundings,
): Read<readonly AllowRule[]> {
	const rules = parseAllowRules(`${environment['POSTERN_ALLOW_PRIVATE'] ?? ''} ${option ?? ''}`)
	if (rules.ok) return rules
	return wrongSetting(language, rules.problem.params)
}

/** A setting of the machine is wrong, which its operator can change. */
function wrongSetting(language: Language, params: ProblemParams): Read<never> {
	const code = 'start/configuration'
	const { title, meaning } = problemText(code, params, language)
	return { ok: false, reason: `${code}: ${title} ${meaning}`, status: exitStatus[problems[code].fixedBy] }
}
