import { expect, it } from 'vitest'
import { type Language, problemText } from './index.ts'

it('writes a moment as people do, and leaves out the step about one that is not known', () => {
	const maintenance = (retryAt: string, language: Language) =>
		problemText('site/maintenance', { host: 'blog.example', retryAt }, language).steps.join('\n')
	expect(maintenance('2026-11-22T11:46:45Z', 'en')).toMatch(/the site names: November 2[123], 2026/)
	expect(maintenance('2026-11-22T11:46:45Z', 'ja')).toMatch(/2026年11月2[123]日/)
	expect(maintenance('May 4, 2026', 'en')).toMatch(/: May 4, 2026$/m)
	expect(maintenance('', 'en')).not.toContain('the site names')
	expect(problemText('address/host-malformed', { host: '2026-11-22T11:46:45Z' }, 'en').title).toContain('T11:46:45Z')
})
