import { useTranslation } from 'react-i18next'
import { ActionButton, PrimaryButton } from '../../../../ui/buttons.tsx'
import { ExternalLink } from '../../../../ui/external-link.tsx'
import { Icon } from '../../../../ui/icons.tsx'
import { ProblemCard } from '../../../../ui/problem-card.tsx'
import classes from '../create.module.css'
import type { ApprovalStep, RefusedApproval, Started, UnusedPassword } from './use-approval.ts'
import type { judgeApproval } from './why-not.ts'

type ApproveChoiceProps = {
	readonly verdict: ReturnType<typeof judgeApproval>
	readonly step: ApprovalStep
	/** The site offers it, and nothing else was begun. */
	readonly isNext: boolean
	readonly onApprove: () => void
	readonly onContinue: (started: Started) => void
	readonly onCancel: () => void
}

/** The first of two ways: the person says yes on the site's own page. */
export function ApproveChoice(props: ApproveChoiceProps) {
	const { verdict, step, isNext, onApprove, onContinue, onCancel } = props
	const { t } = useTranslation('connecting')
	const isPossible = verdict === 'offered' || verdict === 'unknown'
	const isBusy = step.state === 'asking' || step.state === 'leaving'
	return (
		<section className={classes.choice} aria-labelledby="approve-title">
			<h2 id="approve-title" className={classes.choiceTitle}>
				{t('approve.title')}
			</h2>
			<p className={classes.choiceText}>{t(isPossible ? 'approve.body' : `approve.whyNot.${verdict}`)}</p>
			{isPossible && (
				<div className={classes.buttons}>
					<PrimaryButton
						isNext={isNext && step.state !== 'hidden'}
						leftSection={<Icon name="check" size={16} />}
						isBusy={isBusy}
						onClick={onApprove}
					>
						{t('approve.button')}
					</PrimaryButton>
					{isBusy && <ActionButton onClick={onCancel}>{t('approve.cancel')}</ActionButton>}
				</div>
			)}
			<div role="status" className={classes.status}>
				{step.state === 'asking' && t('approve.asking')}
				{step.state === 'leaving' && t('approve.leaving', { host: step.started.site.host })}
			</div>
			{step.state === 'hidden' && <Hidden started={step.started} onContinue={onContinue} />}
			{step.state === 'refused' && <Refused refused={step} onTryAgain={onApprove} />}
		</section>
	)
}

function Hidden({
	started,
	onContinue,
}: {
	readonly started: Started
	readonly onContinue: (started: Started) => void
}) {
	const { t } = useTranslation('connecting')
	return (
		<div role="alert" className={classes.status}>
			<p>{t('approve.hidden', { host: started.site.host })}</p>
			<PrimaryButton onClick={() => onContinue(started)}>{t('approve.goOn')}</PrimaryButton>
		</div>
	)
}

type RefusedProps = { readonly refused: RefusedApproval; readonly onTryAgain: () => void }

function Refused({ refused: { problem, password }, onTryAgain }: RefusedProps) {
	return (
		<ProblemCard
			problem={problem}
			takesFocus
			onTryAgain={onTryAgain}
			more={password && <PasswordNote password={password} />}
		/>
	)
}

/** What the person may have to revoke. */
function PasswordNote({ password: { state, name, host } }: { readonly password: UnusedPassword }) {
	const { t } = useTranslation('connecting')
	return <p>{t(`approve.password.${state}`, { name, host })}</p>
}

/** WordPress shows the password once, in another tab: where it comes to. */
export function CarryNote({ started }: { readonly started: Started }) {
	const { t } = useTranslation('connecting')
	const { why, approveUrl, site } = started
	const reason = why === '' || why === 'login-hidden' ? 'plain-http' : why
	return (
		<div className={classes.carry}>
			<p>
				<strong>{t('carry.title')}</strong>
			</p>
			<p>{t('carry.body')}</p>
			<p className={classes.typeNote}>{t(`carry.why.${reason}`)}</p>
			<p>
				<ExternalLink href={approveUrl}>{t('carry.open', { host: site.host })}</ExternalLink>
			</p>
		</div>
	)
}
