import { Button } from '@mantine/core'
import { hrefOf } from '@postern/api/client'
import { contract } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import buttons from '../../../ui/buttons.module.css'
import { Icon } from '../../../ui/icons.tsx'
import { ButtonLink, PrimaryLink } from '../../../ui/router-links.tsx'
import { matchingOf } from '../connector-queries.ts'
import { AskOwnerButton } from '../links/ask-owner-button.tsx'
import { isFiltered } from './list-search.ts'
import classes from './list.module.css'
import { useList } from './use-list.ts'

const route = getRouteApi('/shell/connectors')

/** At the top right: what makes connectors, and what takes the list as it is filtered with it. */
export function ListActions() {
	const { t } = useTranslation(['connectors', 'list'])
	const { role, id: workspaceId } = useWorkspace()
	const { search = '', state, type, tag, owner, sort } = route.useSearch()
	const filter = { search, state, type, tag, owner, sort }
	const list = useList(filter)
	const isNothingThere = list.isLoaded && list.connectors.length === 0 && !isFiltered(filter)
	const isEditor = hasRole(role, 'editor')
	return (
		<>
			{!isNothingThere && (
				<Button
					variant="default"
					component="a"
					href={hrefOf(contract.exportConnectors, { workspaceId, query: matchingOf(filter) })}
					download
					leftSection={<Icon name="download" />}
					classNames={{ root: buttons.button ?? '' }}
				>
					{t('list:export')}
				</Button>
			)}
			{isEditor ? (
				<>
					<ButtonLink to="/connectors/import" leftSection={<Icon name="upload" />}>
						{t('list:import')}
					</ButtonLink>
					<AskOwnerButton />
					<PrimaryLink to="/connectors/new">{t('create')}</PrimaryLink>
				</>
			) : (
				<span className={classes.why}>{t('createNeedsEditor')}</span>
			)}
		</>
	)
}
