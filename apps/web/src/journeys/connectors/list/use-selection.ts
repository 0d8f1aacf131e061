import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { speak } from '../../../ui/announcer.tsx'
import { focusHeading } from '../../../ui/focus-heading.ts'
import { matchingOf, type ListFilter } from '../connector-queries.ts'
import type { BulkBarProps } from './bulk-bar.tsx'
import { noSelection, selectAllMatching, type Selection } from './selection.ts'
import { useBulk } from './use-bulk.ts'

type Listed = { readonly total: number; readonly loaded: readonly string[] }

/** What is selected in the list as it is filtered now, and what is done with it. What needs a look stays selected. */
export function useSelection(filter: ListFilter, { total, loaded }: Listed) {
	const { t } = useTranslation('list')
	const asked = JSON.stringify(matchingOf(filter))
	const [kept, setKept] = useState({ asked, selection: noSelection })
	// With another filter it would be of connectors that are not in sight.
	const selection = kept.asked === asked ? kept.selection : noSelection
	const change = (next: Selection) => setKept({ asked, selection: next })
	const bulk = useBulk(({ action, toLookAt, state, done, total: all }) => {
		// What is deleted has gone, though its password is left at the site.
		const stays = toLookAt.filter(({ problem }) => action !== 'delete' || problem !== undefined)
		if (state === 'finished') change({ ...noSelection, ids: new Set(stays.map(({ id }) => id)) })
		const text = t('result.allDone', { count: done - toLookAt.length })
		// The bar shows it; a note on top would lie over its buttons.
		if (state === 'stopped') speak(t('result.stopped', { done, total: all }))
		else if (toLookAt.length === 0) speak(text)
	})
	const leave = (act: () => void) => {
		act()
		focusHeading()
	}
	const count = selection.isAllMatching ? total : selection.ids.size
	const isMoreThere = !selection.isAllMatching && selection.ids.size >= loaded.length && total > loaded.length
	const bar: BulkBarProps = {
		count,
		isAllMatching: selection.isAllMatching,
		total: isMoreThere ? total : undefined,
		run: bulk.run,
		onSelectMatching: () => change(selectAllMatching()),
		onClear: () => leave(() => change(noSelection)),
		onStart: (wish) =>
			bulk.start({
				...wish,
				of: selection.isAllMatching ? { matching: matchingOf(filter) } : { ids: [...selection.ids] },
			}),
		onStop: bulk.stop,
		onClose: () => leave(bulk.close),
	}
	return { selection: { selection, onChange: change }, bar }
}
