import type { Trouble } from './trouble.ts'

/** How far an attempt came that ended with such a trouble; anything else came as far as a page that is not there. */
const PROGRESS: readonly (readonly [RegExp, number])[] = [
	[/^api\/blocked/, 7],
	[/^api\/spoilt/, 6],
	[/^(?:edge\/(?:challenge|basic-auth|login-refused)|site\/|site-credential\/)/, 5],
	[/^edge\/firewall/, 4],
	[/^api\/not-json/, 3],
	[/^(?:network|tls|response|redirect|address)\//, 2],
]

function progressOf({ code }: Trouble): number {
	return PROGRESS.find(([pattern]) => pattern.test(code))?.[1] ?? 1
}

/** The trouble of the attempt that came furthest; of equals the first. */
export function furthest(failures: readonly Trouble[]): Trouble | undefined {
	return failures.toSorted((one, other) => progressOf(other) - progressOf(one))[0]
}
