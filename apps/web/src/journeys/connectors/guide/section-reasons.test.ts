import { localProblem } from '@postern/api/client'
import { describe, expect, it } from 'vitest'
import { knowSection } from './section-reasons.ts'

describe('why the section may be missing', () => {
	it('is all unknown before the site was looked at', () => {
		expect(knowSection(undefined, []).verdicts).toEqual({
			permalinks: 'unknown',
			plugin: 'unknown',
			role: 'unknown',
			https: 'unknown',
		})
	})

	it('rules out what the site contradicts, and leaves the role open', () => {
		const site = { url: 'https://blog.example', apiStyle: 'path', applicationPasswords: 'on', notes: [] } as const
		expect(knowSection({ ...site, notes: [] }, [])).toEqual({
			verdicts: { permalinks: 'excluded', plugin: 'excluded', role: 'unknown', https: 'excluded' },
			plugin: '',
			isOn: true,
		})
	})

	it('marks plain permalinks', () => {
		const notes = [{ code: 'plain-permalinks', params: {} } as const]
		expect(knowSection({ apiStyle: 'query', notes }, []).verdicts.permalinks).toBe('applies')
	})

	it('names the plugin that switched the feature off', () => {
		const off = localProblem('application-passwords/off', { host: 'blog.example', plugin: 'Wordfence' })
		const known = knowSection({ url: 'https://blog.example', applicationPasswords: 'off' }, [off])
		expect(known).toMatchObject({ plugin: 'Wordfence', verdicts: { plugin: 'applies', https: 'excluded' } })
	})

	it('marks a site without https, and an account that may not', () => {
		expect(knowSection({}, [localProblem('application-passwords/no-https')]).verdicts.https).toBe('applies')
		expect(knowSection({}, [localProblem('application-passwords/off-for-user')]).verdicts.role).toBe('applies')
	})
})
