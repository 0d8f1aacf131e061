import { expect, it } from 'vitest'
import { seenFrom } from './seen-from.ts'

it.each([
	['running', true],
	['stopped', true],
	['finished', false],
] as const)('an import that is %s in another workspace lets no file take its place: %s', (phase, isElsewhere) => {
	const state = { workspaceId: 'ours', rows: [], phase, pausedUntil: undefined, begun: undefined, problem: undefined }
	expect(seenFrom('theirs', state)).toMatchObject({ phase: 'nothing', isElsewhere })
	expect(seenFrom('ours', state)).toMatchObject({ phase, isElsewhere: false })
})
