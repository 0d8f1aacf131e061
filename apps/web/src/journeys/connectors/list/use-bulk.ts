import { localProblem } from '@postern/api/client'
import { contract, type EventOf, type InputOf, type ProblemDocument } from '@postern/api/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { refreshLists } from '../connector-queries.ts'

type Body = InputOf<typeof contract.bulkConnectors>['body']
export type BulkAction = Body['action']
export type BulkItem = Extract<EventOf<typeof contract.bulkConnectors>, { kind: 'item' }>

/** What is to be done, with which. */
export type BulkWish = {
	readonly action: BulkAction
	readonly tag?: string
	/** Removes the passwords from the sites, too. */
	readonly revoke?: NonNullable<Body['revoke']>
	readonly of: { readonly ids: readonly string[] } | { readonly matching: NonNullable<Body['matching']> }
}

export type BulkRun = {
	readonly action: BulkAction
	readonly total: number
	readonly done: number
	/** Those that failed, or that a check found something about. */
	readonly toLookAt: readonly BulkItem[]
	readonly state: 'running' | 'stopped' | 'finished'
	/** Why it ended before all was done. */
	readonly problem: ProblemDocument | undefined
}

/** The API takes so many ids at once. */
const idLimit = 500

/** Does one thing with many connectors. Leaving the page ends it; what is done stays done. */
export function useBulk(onEnd: (run: BulkRun) => void) {
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const [run, setRun] = useState<BulkRun>()
	const running = useRef<AbortController>(undefined)
	useEffect(() => () => running.current?.abort(), [])

	const start = async (wish: BulkWish) => {
		const { action, of } = wish
		const attempt = new AbortController()
		running.current = attempt
		const total = 'ids' in of ? of.ids.length : 0
		let now: BulkRun = { action, total, done: 0, toLookAt: [], state: 'running', problem: undefined }
		const show = (changes: Partial<BulkRun>) => setRun((now = { ...now, ...changes }))
		show({})
		for (const part of partsOf(of)) {
			let end: 'finished' | ProblemDocument | undefined
			const body = { action, ...part, ...withoutUndefined(wish) }
			const onEvent = (event: EventOf<typeof contract.bulkConnectors>) => {
				if (event.kind === 'started') show({ total: 'ids' in of ? total : event.total })
				else if (event.kind === 'item') show({ done: now.done + 1, ...withItem(now, event) })
				else end = event.kind === 'finished' ? 'finished' : event.problem
			}
			const answer = await client.stream(contract.bulkConnectors, { workspaceId, body }, onEvent, attempt.signal)
			if (attempt.signal.aborted) break
			// A stream without an end was cut on the way.
			const cut = answer.ok ? localProblem('postern/unreachable') : answer.problem
			if (end !== 'finished') show({ problem: end ?? cut })
			if (now.problem !== undefined) break
		}
		const isWhole = !attempt.signal.aborted && now.problem === undefined
		show({ state: isWhole ? 'finished' : 'stopped' })
		// At once: whoever reads the result presses the next button, and it must not do it with what was selected before.
		onEnd(now)
		await refreshLists(queryClient, workspaceId)
		await queryClient.invalidateQueries({ queryKey: ['connectors', workspaceId, 'one'] })
	}
	return {
		run,
		start: (wish: BulkWish) => void start(wish),
		stop: () => running.current?.abort(),
		close: () => setRun(undefined),
	}
}

function withoutUndefined({ tag, revoke }: Pick<BulkWish, 'tag' | 'revoke'>): Pick<Body, 'tag' | 'revoke'> {
	return { ...(tag === undefined ? {} : { tag }), ...(revoke === undefined ? {} : { revoke }) }
}

function partsOf(of: BulkWish['of']): Pick<Body, 'ids' | 'matching'>[] {
	if ('matching' in of) return [{ matching: of.matching }]
	const parts: { ids: string[] }[] = []
	for (let from = 0; from < of.ids.length; from += idLimit) parts.push({ ids: of.ids.slice(from, from + idLimit) })
	return parts
}

function withItem({ toLookAt }: BulkRun, item: BulkItem): Partial<BulkRun> {
	const isFine = item.problem === undefined && item.code === null
	return isFine ? {} : { toLookAt: [...toLookAt, item] }
}
