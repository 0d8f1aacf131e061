import { wordpressVersions } from '../wordpress/wordpress-options.ts'
import { packageTarget } from './package-target.ts'
import { posternTarget } from './postern-target.ts'
import type { Target, TargetKind } from './target.ts'
import { wordpressTarget } from './wordpress-target.ts'

const all: readonly Target[] = [...wordpressVersions.map(wordpressTarget), posternTarget, packageTarget]

/** `POSTERN_TEST_TARGETS=wordpress` asks only those, while something is being worked on. */
const asked = process.env['POSTERN_TEST_TARGETS']?.split(',')

/** The targets of these kinds, for `describe.each`. */
export function targets(...kinds: readonly TargetKind[]): readonly Target[] {
	return all.filter(({ kind }) => kinds.includes(kind) && (asked?.includes(kind) ?? true))
}
