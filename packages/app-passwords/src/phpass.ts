import { hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** WordPress wrote 13 (8,192 rounds); more than 2^18 would take a second of this process. */
const costs = { least: 7, most: 18 }
const roundsAtOnce = 1_024

const form = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/

/** Whether a hash is of phpass' portable kind, at a cost that can be paid. */
export function isPhpass(stored: string): boolean {
	const cost = alphabet.indexOf(form.exec(stored)?.[1] ?? '')
	return cost >= costs.least && cost <= costs.most
}

/** Hashes a secret as phpass did in WordPress before 6.8: MD5 over and over. Lets others run in between. */
export async function hashWithPhpass(secret: string, stored: string): Promise<string> {
	const setting = stored.slice(0, 12)
	const rounds = 2 ** alphabet.indexOf(setting.charAt(3))
	const bytes = Buffer.from(secret)
	let digest = md5(Buffer.concat([Buffer.from(setting.slice(4)), bytes]))
	for (let round = 0; round < rounds; round += 1) {
		digest = md5(Buffer.concat([digest, bytes]))
		if (round % roundsAtOnce === 0) await nextTurn()
	}
	return setting + encode(digest)
}

function md5(bytes: Buffer): Buffer {
	return hash('md5', bytes, 'buffer')
}

/** Six bits a character, the lowest first, three bytes at a time. */
function encode(bytes: Buffer): string {
	let text = ''
	for (let index = 0; index < bytes.length; index += 3) {
		const group = bytes.subarray(index, index + 3)
		const value = (group[0] ?? 0) | ((group[1] ?? 0) << 8) | ((group[2] ?? 0) << 16)
		for (let digit = 0; digit <= group.length; digit += 1) text += alphabet.charAt((value >> (6 * digit)) & 63)
	}
	return text
}
