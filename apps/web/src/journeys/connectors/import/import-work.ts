import type { ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'
import { whenForgotten } from '../../../ui/remembered.ts'
import { importOne } from './import-one.ts'
import { takeNext } from './import-pace.ts'
import { shownRow, type RowState, type ShownRow } from './import-progress.ts'
import type { ImportRow } from './import-row.ts'

export type ImportPhase = 'nothing' | 'read' | 'running' | 'stopped' | 'finished'

export type ImportState = {
	/** Whose connectors they become. */
	readonly workspaceId: string
	readonly rows: readonly ShownRow[]
	readonly phase: ImportPhase
	/** When it goes on, while Postern takes no more addresses. */
	readonly pausedUntil: number | undefined
	/** When this run began, and how many rows were done then. */
	readonly begun: { readonly at: number; readonly done: number } | undefined
	/** Why it stopped by itself; no row is lost by that. */
	readonly problem: ProblemDocument | undefined
}

const nothing: ImportState = {
	workspaceId: '',
	rows: [],
	phase: 'nothing',
	pausedUntil: undefined,
	begun: undefined,
	problem: undefined,
}

// Outside of any page, so that an import goes on while somebody looks at others; nowhere but in memory.
let state = nothing
/** The rows with their passwords are in one place, and each is dropped from there when it is done with. */
let waiting: ImportRow[] = []
let attempt: AbortController | undefined
const listeners = new Set<() => void>()

export const readImport = (): ImportState => state

export function onImport(listener: () => void): () => void {
	listeners.add(listener)
	return () => listeners.delete(listener)
}

export function loadImport(workspaceId: string, rows: readonly ImportRow[]): void {
	forgetImport()
	waiting = [...rows]
	change({ workspaceId, rows: rows.map(shownRow), phase: rows.length === 0 ? 'nothing' : 'read' })
}

/** Drops all rows with their passwords. What is imported stays. */
export function forgetImport(): void {
	attempt?.abort()
	attempt = undefined
	waiting = []
	change(nothing)
}

/** Whoever signs out, or somebody else who signs in, leaves none of them behind. */
whenForgotten(forgetImport)

/** Those under way are tried again when it goes on. */
export function stopImport(): void {
	attempt?.abort()
}

/** Begins, or goes on with what is left. */
export async function runImport(): Promise<void> {
	const running = new AbortController()
	attempt = running
	const done = state.rows.filter(({ state: now }) => isDone(now)).length
	change({ phase: 'running', begun: { at: Date.now(), done }, problem: undefined })
	const underWay: ImportRow[] = []
	await new Promise<void>((resolve) => {
		const goOn = () => {
			while (!running.signal.aborted) {
				const row = takeNext(waiting, underWay)
				if (row === undefined) break
				underWay.push(row)
				void takeOne(row, running).finally(() => {
					underWay.splice(underWay.indexOf(row), 1)
					goOn()
				})
			}
			if (underWay.length === 0) resolve()
		}
		goOn()
	})
	if (attempt !== running) return // forgotten, or another file was chosen
	change({ phase: waiting.length === 0 ? 'finished' : 'stopped', pausedUntil: undefined })
}

/** These are about Postern or about who imports, not about the row. */
const stopping: readonly ProblemCode[] = ['postern/unreachable', 'account/session-required', 'role/insufficient']

async function takeOne(row: ImportRow, running: AbortController): Promise<void> {
	const { signal } = running
	const mark = (next: RowState) => {
		if (attempt === running) markRow(row.line, next)
	}
	const putBack = () => {
		if (attempt === running) waiting.unshift(row)
		mark({ state: 'waiting' })
	}
	mark({ state: 'running' })
	for (;;) {
		const outcome = await importOne(state.workspaceId, row, signal)
		if (outcome.ok) {
			const { id: connectorId, name } = outcome.connector
			return mark({ state: outcome.isPresent ? 'present' : 'imported', connectorId, name })
		}
		const { problem } = outcome
		if (signal.aborted) return putBack()
		if (stopping.includes(problem.code)) {
			change({ problem })
			running.abort()
			return putBack()
		}
		if (problem.code !== 'request/throttled') return mark({ state: 'failed', problem })
		mark({ state: 'throttled' })
		await waitOut(problem, signal)
	}
}

async function waitOut({ params }: ProblemDocument, signal: AbortSignal): Promise<void> {
	const waitMs = Math.max(Number(params['seconds']) || 1, 1) * 1_000
	change({ pausedUntil: Date.now() + waitMs })
	await pause(waitMs, signal)
	change({ pausedUntil: undefined })
}

export function isDone(now: ShownRow['state']): boolean {
	return now === 'imported' || now === 'present' || now === 'failed'
}

function markRow(line: number, next: RowState): void {
	change({ rows: state.rows.map((row) => (row.line === line ? { ...row, ...next } : row)) })
}

function change(changes: Partial<ImportState>): void {
	state = { ...state, ...changes }
	const mayLose = state.phase === 'running' || state.phase === 'stopped'
	if (mayLose) addEventListener('beforeunload', askBeforeItIsLost)
	else removeEventListener('beforeunload', askBeforeItIsLost)
	for (const listener of listeners) listener()
}

/** Only where the browser leaves the program: another page of it loses nothing. */
function askBeforeItIsLost(event: BeforeUnloadEvent): void {
	event.preventDefault()
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, ms)
		signal.addEventListener('abort', () => {
			clearTimeout(timer)
			resolve()
		})
	})
}
