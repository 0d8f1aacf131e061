import { contract, type ConnectorDocument, type ProblemDocument } from '@postern/api/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { announce } from '../../../ui/announcer.tsx'
import { refreshLists } from '../connector-queries.ts'

export type Added =
	| { readonly state: 'connected'; readonly connector: ConnectorDocument }
	| { readonly state: 'failed'; readonly problem: ProblemDocument }

/** Connects other sites of a network, one after the other: it is one server. */
export function useAddSites({ id: connectorId }: ConnectorDocument) {
	const { t } = useTranslation('connecting')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const [added, setAdded] = useState<Readonly<Record<string, Added>>>({})
	const [busy, setBusy] = useState<string>()
	const running = useRef<AbortController>(undefined)
	useEffect(() => () => running.current?.abort(), [])

	const addAll = async (urls: readonly string[]) => {
		const { signal } = (running.current = new AbortController())
		let count = 0
		for (const url of urls) {
			setBusy(url)
			const answer = await client.call(contract.addOtherSite, { workspaceId, connectorId, body: { url } }, signal)
			if (signal.aborted) break
			if (answer.ok) count += 1
			const outcome: Added = answer.ok
				? { state: 'connected', connector: answer.value }
				: { state: 'failed', problem: answer.problem }
			setAdded((before) => ({ ...before, [url]: outcome }))
		}
		setBusy(undefined)
		if (count > 0) announce(t('sites.done', { count }))
		else if (!signal.aborted) announce(t('sites.failed'), 'failed')
		await refreshLists(queryClient, workspaceId)
	}
	return {
		added,
		/** The one that is under way. */
		busy,
		add: (url: string) => void (busy === undefined && addAll([url])),
		addAll: (urls: readonly string[]) => void addAll(urls),
		stop: () => running.current?.abort(),
	}
}
