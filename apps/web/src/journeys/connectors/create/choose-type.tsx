import { Select } from '@mantine/core'
import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { PrimaryButton } from '../../../ui/buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Page } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { BackLink } from '../../../ui/back-link.tsx'
import { connectorTypesQuery } from '../connector-queries.ts'
import classes from './create.module.css'

export function ChooseType() {
	const { t } = useTranslation('connectors')
	const types = useQuery(connectorTypesQuery)
	return (
		<Page title={t('wizard.title')} before={<BackLink to="/connectors">{t('wizard.backToList')}</BackLink>}>
			{types.error && <ProblemCard problem={types.error.problem} onTryAgain={() => void types.refetch()} />}
			{types.isPending && <Loading />}
			{types.data && <TypeForm types={types.data} />}
		</Page>
	)
}

function TypeForm({ types }: { readonly types: readonly ConnectorTypeDocument[] }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const navigate = useNavigate()
	// The first is what most people look for.
	const [chosen, setChosen] = useState(types[0]?.id)
	const type = types.find(({ id }) => id === chosen)
	return (
		<div className={`${classes.form} ${classes.narrow}`}>
			<Form onSubmit={() => type && void navigate({ to: '/connectors/new', search: { type: type.id } })}>
				<Select
					label={t('wizard.type')}
					description={t('wizard.typeHint')}
					data={types.map(({ id, name }) => ({ value: id, label: name }))}
					value={chosen ?? null}
					onChange={(id) => setChosen(id ?? undefined)}
					allowDeselect={false}
				/>
				{type && <p className={classes.typeNote}>{type.description[language]}</p>}
				<div className={classes.buttons}>
					<PrimaryButton type="submit">{t('wizard.next')}</PrimaryButton>
				</div>
			</Form>
		</div>
	)
}
