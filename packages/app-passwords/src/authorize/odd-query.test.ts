import { expect, it } from 'vitest'
import { fieldsOf, openPage } from './authorize-page.testing.ts'

it.each(['app_name=100%', 'app_name=App&utm=%E4', 'app_name=App&from=1&from=2'])(
	'lets a person answer what was shown of %s',
	async (query) => {
		for (const answer of ['approve', 'reject']) {
			const { get, post, wait, list } = openPage()
			const shown = await get(query)
			expect(shown.status).toBe(200)
			wait(1_000)
			const answered = await post({ ...fieldsOf(shown), [answer]: '1' })
			expect(answered.status).toBe(answer === 'approve' ? 200 : 303)
			expect(await list()).toHaveLength(answer === 'approve' ? 1 : 0)
		}
	},
)

it('makes no password when it cannot say to whom it belongs', async () => {
	let asked = 0
	const { get, post, wait, list } = openPage({
		siteUrlFor() {
			asked += 1
			if (asked > 1) throw new Error('No connection.')
			return 'https://blog.example'
		},
	})
	const shown = await get('app_name=App&success_url=https%3A%2F%2Fapp.example%2Fcb')
	wait(1_000)
	await expect(post({ ...fieldsOf(shown), approve: '1' })).rejects.toThrow('No connection.')
	expect(await list()).toEqual([])
})
