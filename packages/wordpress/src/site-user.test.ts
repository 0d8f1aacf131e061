import { expect, it } from 'vitest'
import { readSiteUser } from './site-user.ts'

it('reads the user of the edit context, and nothing less', () => {
	const user = { id: 7, username: 'yuki', name: 'Yuki', roles: ['editor'], capabilities: { read: true } }
	expect(readSiteUser(user)).toEqual(user)
	expect(readSiteUser({ id: 7, username: 'yuki', name: 'Yuki', roles: [], capabilities: [] })).toMatchObject({
		roles: [],
	})
	for (const value of [null, [], {}, { id: 7 }, { ...user, id: 0 }, { ...user, id: '7' }, { ...user, username: '' }])
		expect(readSiteUser(value)).toBeUndefined()
})
