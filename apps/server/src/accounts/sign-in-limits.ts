import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { shortestAddress } from './shortest-address.ts'
import type { Limited, LimitRule } from './throttle.ts'

/**
 * The limits of everything that can be guessed. A sign-in counts against the typed name from that network, against the
 * name, and against the network; whoever holds a known-device cookie of the account counts for that device instead, so
 * that an account under attack still lets its owner in.
 *
 * An account has two names (username, e-mail address) with 40 checks an hour each, and 17 for passwords typed within its
 * sessions: below 100 in any hour. Names are not joined to accounts here, or waiting would tell who exists.
 */
const rules = {
	nameInNetwork: { burst: 10, perHour: 30, backOffAfter: 5 },
	name: { burst: 10, perHour: 30 },
	network: { burst: 100, perHour: 600 },
	device: { burst: 20, perHour: 60, backOffAfter: 5 },
	confirmation: { burst: 5, perHour: 12, backOffAfter: 3 },
	/** Five codes in five minutes. */
	secondFactor: { burst: 5, perHour: 60 },
	/** One-time tokens have 256 bits; this only keeps the look-ups few. */
	token: { burst: 30, perHour: 300 },
	/** Neither can a passkey be guessed; this keeps the signatures few that we check, and the questions that we keep. */
	passkey: { burst: 30, perHour: 300 },
	passkeyQuestion: { burst: 60, perHour: 600 },
} as const satisfies Record<string, LimitRule>

/** An id of the device, when its cookie was made for the account in question. */
type Device = string | undefined

export function signInLimits(name: string, ip: string, device: Device): readonly Limited[] {
	const network = networkOf(ip)
	if (device !== undefined)
		return [
			{ key: `device ${device}`, rule: rules.device },
			{ key: `network ${network}`, rule: rules.network },
		]
	const named = shorten(name)
	return [
		{ key: `name ${named} in ${network}`, rule: rules.nameInNetwork },
		{ key: `name ${named}`, rule: rules.name },
		{ key: `network ${network}`, rule: rules.network },
	]
}

export function secondFactorLimits(accountId: string, device: Device): readonly Limited[] {
	return [{ key: `second factor ${accountId} ${device ?? ''}`, rule: rules.secondFactor }]
}

/** For a password that somebody who is signed in types again. */
export function confirmationLimits(accountId: string): readonly Limited[] {
	return [{ key: `confirmation ${accountId}`, rule: rules.confirmation }]
}

/** For an answer that does not say whose it is before it was checked. */
export function passkeyLimits(ip: string): readonly Limited[] {
	return [{ key: `passkey ${networkOf(ip)}`, rule: rules.passkey }]
}

export function passkeyQuestionLimits(ip: string): readonly Limited[] {
	return [{ key: `passkey question ${networkOf(ip)}`, rule: rules.passkeyQuestion }]
}

export function tokenLimits(ip: string): readonly Limited[] {
	return [{ key: `token ${networkOf(ip)}`, rule: rules.token }]
}

/** What was typed may be long; the key is not. */
function shorten(name: string): string {
	return createHash('sha256').update(name).digest('base64url').slice(0, 22)
}

/** The /24 of an IPv4 address, the /56 of an IPv6 one: what one subscriber is given. */
export function networkOf(ip: string): string {
	if (isIP(ip) !== 6) return ip.split('.').slice(0, 3).join('.')
	const [head = '', tail] = shortestAddress(ip).split('::')
	const groups = head === '' ? [] : head.split(':')
	const rest = tail === undefined || tail === '' ? [] : tail.split(':')
	const all = [...groups, ...Array<string>(8 - groups.length - rest.length).fill('0'), ...rest]
	const [a = '0', b = '0', c = '0', d = '0'] = all
	return [a, b, c, (Number.parseInt(d, 16) >> 8).toString(16)].join(':')
}
