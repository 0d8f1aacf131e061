import { expect, it } from 'vitest'
import { ada, bob, grants } from './people.testing.ts'
import { occasion, onlyPasswordOf, start } from './start.testing.ts'
import { wordPressHashes, wordPressSecret } from './wordpress-hashes.testing.ts'

it.each(Object.entries(wordPressHashes))(
	'takes a record without a UUID over once, also after its hash (%s) has become ours',
	async (_kind, hash) => {
		const here = start()
		const record = { uuid: '', appId: '', name: 'Old', hash, created: new Date(0), lastUsed: null, lastIp: null }
		const take = async () => here.appPasswords.importFromWordPress(ada, [{ ...record, grants: grants[0] }], occasion)
		expect(await take()).toHaveLength(1)
		expect(await take()).toEqual([])
		expect(await here.verdict('ada', wordPressSecret)).toBe('ok')
		expect(await take()).toEqual([])
		const { uuid } = await onlyPasswordOf(ada, here)
		await here.appPasswords.revoke(ada, uuid, occasion)
		expect(await here.verdict('ada', wordPressSecret)).toBe('401 incorrect_password')
		const [ofBob] = await here.appPasswords.importFromWordPress(bob, [{ ...record, grants: grants[0] }], occasion)
		expect(ofBob?.uuid).not.toBe(uuid)
	},
)
