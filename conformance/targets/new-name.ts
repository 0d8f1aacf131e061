let made = 0

/** WordPress up to 6.6 lets nobody use a name twice. */
export function newName(): string {
	made += 1
	return `Application ${made}`
}
