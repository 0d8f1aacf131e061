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

it('says a time to wait as people do, in two units at the most and never less than it is', () => {
	const wait = (seconds: number, language: Language) =>
		problemText('site/rate-limited', { host: 'blog.example', seconds }, language).meaning
	expect(wait(3_600, 'en')).toMatch(/ wants us to wait 1 hour\.$/)
	expect(wait(3_600, 'ja')).toContain('1 時間待つよう')
	const said = [0, 1, 30, 60, 125, 5_400, 3_601, 86_400, 90_001, 1.5].map((seconds) =>
		/wait (.*)\.$/.exec(wait(seconds, 'en'))?.at(1),
	)
	expect(said).toEqual([
		'0 seconds',
		'1 second',
		'30 seconds',
		'1 minute',
		'2 minutes 5 seconds',
		'1 hour 30 minutes',
		'1 hour 1 minute',
		'1 day',
		'1 day 2 hours',
		'2 seconds',
	])
})
