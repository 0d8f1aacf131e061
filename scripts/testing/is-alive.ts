/** Whether a process with this id exists; a negative id asks for a process group. */
export function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0)
		return true
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM'
	}
}
