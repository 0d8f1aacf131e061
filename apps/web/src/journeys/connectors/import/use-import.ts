import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useWorkspace } from '../../../api/session.ts'
import { refreshLists } from '../connector-queries.ts'
import { importOne } from './import-one.ts'
import { shownRow, type RowState, type ShownRow } from './import-progress.ts'
import type { ImportRow } from './import-row.ts'

const atOnce = 3

export type ImportPhase = 'nothing' | 'read' | 'running' | 'stopped' | 'finished'

/** The rows with their passwords are in one place, and each is dropped from there when it is done with. */
export function useImport() {
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const waiting = useRef<ImportRow[]>([])
	const attempt = useRef<AbortController>(undefined)
	const [rows, setRows] = useState<readonly ShownRow[]>([])
	const [phase, setPhase] = useState<ImportPhase>('nothing')
	/** When it goes on, while Postern takes no more addresses. */
	const [pausedUntil, setPausedUntil] = useState<number>()
	useEffect(
		() => () => {
			waiting.current = []
			attempt.current?.abort()
		},
		[],
	)
	const mark = (line: number, next: RowState) =>
		setRows((before) => before.map((row) => (row.line === line ? { ...row, ...next } : row)))

	const takeOne = async (row: ImportRow, signal: AbortSignal) => {
		mark(row.line, { state: 'running' })
		for (;;) {
			const outcome = await importOne(workspaceId, row, signal)
			if (signal.aborted && !outcome.ok) return mark(row.line, { state: 'stopped' })
			if (outcome.ok) {
				const { id: connectorId, name } = outcome.connector
				return mark(row.line, { state: 'imported', connectorId, name })
			}
			const { code, params } = outcome.problem
			if (code !== 'request/throttled') return mark(row.line, { state: 'failed', problem: outcome.problem })
			mark(row.line, { state: 'throttled' })
			const waitMs = Math.max(Number(params['seconds']) || 1, 1) * 1_000
			setPausedUntil(Date.now() + waitMs)
			await pause(waitMs, signal)
			setPausedUntil(undefined)
		}
	}
	const work = async (signal: AbortSignal) => {
		for (let row = waiting.current.shift(); row !== undefined && !signal.aborted; row = waiting.current.shift())
			await takeOne(row, signal)
	}
	const start = async () => {
		const running = new AbortController()
		attempt.current = running
		setPhase('running')
		await Promise.all(Array.from({ length: atOnce }, () => work(running.signal)))
		waiting.current = []
		setRows((before) => before.map((row) => (row.state === 'waiting' ? { ...row, state: 'stopped' } : row)))
		setPausedUntil(undefined)
		setPhase(running.signal.aborted ? 'stopped' : 'finished')
		await refreshLists(queryClient, workspaceId)
	}
	return {
		rows,
		phase,
		pausedUntil,
		load: (read: readonly ImportRow[]) => {
			waiting.current = [...read]
			setRows(read.map(shownRow))
			setPhase(read.length === 0 ? 'nothing' : 'read')
		},
		start: () => void start(),
		stop: () => attempt.current?.abort(),
	}
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
