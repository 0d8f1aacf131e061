import { contract, type ConnectorDocument, type DraftTrialDocument } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { speak } from '../../../ui/announcer.tsx'
import { ActionButton } from '../../../ui/buttons.tsx'
import { ExternalLink } from '../../../ui/external-link.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import { useWait } from '../../../ui/use-wait.ts'
import { ForHost } from '../create/for-host.tsx'
import { useDuration } from '../use-duration.ts'
import classes from './show.module.css'

/** *Try a draft*: finds a firewall that blocks content before real work does. */
export function DraftSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connecting')
	const { id: workspaceId } = useWorkspace()
	const trial = useMutation({
		mutationFn: () => askApi(contract.tryDraft, { workspaceId, connectorId: connector.id }),
		onMutate: () => speak(t('draft.trying')),
		onSuccess: () => speak(t('draft.done')),
	})
	const wait = useWait(trial.error?.problem)
	return (
		<Section
			title={t('draft.title')}
			description={t('draft.body')}
			actions={
				<ActionButton
					leftSection={<Icon name="pencil" />}
					isBusy={trial.isPending}
					isWaiting={wait.isWaiting}
					onClick={() => wait.whenOver(() => trial.mutate())}
				>
					{t('draft.button')}
				</ActionButton>
			}
		>
			{trial.isPending && <p className={classes.quiet}>{t('draft.trying')}</p>}
			{trial.error && (
				<ProblemCard
					problem={trial.error.problem}
					takesFocus
					onTryAgain={() => trial.mutate()}
					more={<ForHost problem={trial.error.problem} />}
				/>
			)}
			{trial.data && <Outcome trial={trial.data} />}
		</Section>
	)
}

function Outcome({ trial: { steps, stored, leftBehind } }: { readonly trial: DraftTrialDocument }) {
	const { t } = useTranslation('connecting')
	const duration = useDuration()
	const isStuck = (step: string) => step === 'delete' && leftBehind !== null
	return (
		<>
			<ol className={classes.trial}>
				{steps.map(({ step, elapsedMs }) => (
					<li key={step}>
						<Badge icon={isStuck(step) ? 'warning' : 'passed'} tone={isStuck(step) ? 'caution' : 'good'}>
							{t(isStuck(step) ? 'draft.notDeleted' : `draft.steps.${step}`)}
						</Badge>{' '}
						<span className={classes.quiet}>{duration(elapsedMs)}</span>
					</li>
				))}
			</ol>
			<p>{t(`draft.stored.${stored}`)}</p>
			{leftBehind && (
				<p>
					{t('draft.leftBehind')}{' '}
					<ExternalLink href={leftBehind.url}>{t('draft.openLeft', { id: leftBehind.id })}</ExternalLink>
				</p>
			)}
		</>
	)
}
