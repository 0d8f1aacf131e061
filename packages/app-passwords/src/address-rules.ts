import { BlockList, isIP } from 'node:net'
import { canonicalAddress } from './addresses.ts'
import { createBoundedMap } from './bounded-map.ts'

const keptLists = 1_000

/** Whether a text is an address, or a network in CIDR notation. */
export function isAddressRule(rule: string): boolean {
	const [address = '', prefix, ...more] = rule.split('/')
	const family = isIP(address)
	if (family === 0 || address.includes('%') || more.length > 0) return false
	return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

/** Judges addresses by rules; keeps what it read of the rules of the last thousand passwords. */
export function createAddressRules(): { allow(rules: readonly string[], address: string): boolean } {
	const lists = createBoundedMap<BlockList>(keptLists)
	return {
		allow(rules, address) {
			if (rules.length === 0) return true
			const canonical = canonicalAddress(address)
			const family = isIP(canonical)
			if (family === 0) return false
			const key = rules.join(' ')
			const list = lists.get(key) ?? listOf(rules)
			lists.set(key, list)
			return list.check(canonical, family === 4 ? 'ipv4' : 'ipv6')
		},
	}
}

/** Node calls it a block list; it holds what is allowed. */
function listOf(rules: readonly string[]): BlockList {
	const list = new BlockList()
	for (const rule of rules.filter(isAddressRule)) {
		const [address = '', prefix] = rule.split('/')
		const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
		list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family)
	}
	return list
}
