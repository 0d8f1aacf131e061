import { runAside } from './maybe-promise.ts'

/** Tells the process' own warnings. */
export function warn(error: unknown): void {
	process.emitWarning(error instanceof Error ? error : String(error))
}

/** Makes `onTrouble` fit to be told of trouble anywhere: what goes wrong in telling is a warning, and stops nothing; a promise, too. */
export function neverThrowing(onTrouble: (error: unknown) => unknown): (error: unknown) => void {
	return (error) => runAside(() => onTrouble(error), warn)
}
