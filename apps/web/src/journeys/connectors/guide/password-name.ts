const LIMIT = 80

/** A descriptive name for the application password: who uses it, and since when. */
export function passwordName(workspaceName: string, today: Date): string {
	const day = today.toISOString().slice(0, 10)
	const name = workspaceName.trim()
	return `Postern – ${name.length > LIMIT ? `${name.slice(0, LIMIT)}…` : name} (${day})`
}
