import type { NoticeDocument } from '@postern/api/contract'
import { expect, it } from 'vitest'
import { noticeLines } from './notice-lines.ts'

const notice = (
	kind: NoticeDocument['kind'],
	minute: number,
	about: Partial<Pick<NoticeDocument, 'uuid' | 'params'>>,
): NoticeDocument => ({
	id: `${kind}-${minute}`,
	kind,
	at: `2026-11-22T12:${String(minute).padStart(2, '0')}:00Z`,
	memberId: 'member',
	uuid: 'phone',
	name: 'Phone',
	params: {},
	...about,
})

it('tells all that happened to one password on one line, and the newest line first', () => {
	const lines = noticeLines(
		[
			notice('password-created', 1, { params: { actor: 'ada' } }),
			notice('password-created', 2, { uuid: 'backup', params: { actor: 'bob' } }),
			notice('password-used-from-new-address', 3, { params: { ip: '203.0.113.7' } }),
			notice('password-used-from-new-address', 4, { params: { ip: '2001:db8::1' } }),
		],
		'ada',
	)
	expect(lines).toMatchObject([
		{
			uuid: 'phone',
			createdBy: 'ada',
			addresses: ['2001:db8::1', '203.0.113.7'],
			at: '2026-11-22T12:04:00Z',
		},
		{ uuid: 'backup', createdBy: 'bob', addresses: [], at: '2026-11-22T12:02:00Z' },
	])
	expect(lines.flatMap(({ notices }) => notices)).toHaveLength(4)
})

it('is quiet only about what one did oneself, before anybody used it', () => {
	const own = notice('password-created', 1, { params: { actor: 'ada' } })
	const used = notice('password-used-from-new-address', 2, { params: { ip: '203.0.113.7' } })
	const ending = notice('password-about-to-expire', 3, { params: { expiresAt: '2026-11-29T12:00:00Z' } })
	const isQuiet = (...notices: NoticeDocument[]) => noticeLines(notices, 'ada')[0]?.isQuiet
	expect(isQuiet(own)).toBe(true)
	expect(isQuiet(own, used)).toBe(false)
	expect(isQuiet(own, ending)).toBe(false)
	expect(isQuiet(ending)).toBe(false)
	expect(isQuiet({ ...own, params: { actor: 'bob' } })).toBe(false)
})

it('says of a connector how it is now, and calls for nothing when it works again', () => {
	const about = (kind: NoticeDocument['kind']) => noticeLines([notice(kind, 1, { uuid: 'con_a' })], 'ada')
	expect(about('connector-needs-attention')).toMatchObject([{ about: 'connector', uuid: 'con_a', isQuiet: false }])
	expect(about('connector-unreachable')).toMatchObject([{ kind: 'connector-unreachable', isQuiet: false }])
	expect(about('connector-recovered')).toMatchObject([{ isQuiet: true }])
})
