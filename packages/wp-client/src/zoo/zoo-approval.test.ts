import { describe, expect, it } from 'vitest'
import { type Approval, approving } from './zoo-approval.testing.ts'
import type { Visit } from './zoo-pages.testing.ts'
import { wordpress } from './zoo-wordpress.testing.ts'

const RETURN = 'https://postern.example/connect/return/'

/** Opens the approval page with each state in turn, and gives where the browser is sent. */
function sentBack(kind: Approval, ...states: string[]): (URL | undefined)[] {
	const site = wordpress()
	const animal = approving(kind, site)(site.animal)
	return states.map((state) => {
		const query = new URLSearchParams({ app_name: state, success_url: RETURN + state, reject_url: RETURN + state })
		const seen: Visit = {
			isTls: true,
			host: 'blog.example',
			method: 'GET',
			url: `/wp-admin/authorize-application.php?${query}`,
			headers: { host: 'blog.example' },
			body: '',
		}
		const page = animal(seen)
		return typeof page === 'function' ? undefined : new URL(page.headers?.['location'] ?? '')
	})
}

describe('Z54 the approval page of a zoo site', () => {
	it('comes back as WordPress does, with a password that works', () => {
		const [url] = sentBack('approves', 'one')
		expect(url?.pathname).toBe('/connect/return/one')
		expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
			site_url: 'https://blog.example',
			user_login: 'yuki',
			password: expect.stringMatching(/^[0-9a-f]{24}$/),
		})
	})

	it('comes back refused, from elsewhere, with an old state or with none', () => {
		expect(sentBack('rejects', 'one').map((url) => url?.search)).toEqual(['?success=false'])
		expect(sentBack('names-another-site', 'one')[0]?.searchParams.get('site_url')).toBe('https://other.example')
		expect(sentBack('replays-the-state', 'one', 'two').map((url) => url?.pathname)).toEqual([
			'/connect/return/one',
			'/connect/return/one',
		])
		expect(sentBack('forgets-the-state', 'one')[0]?.pathname).toBe('/connect/return/')
	})
})
