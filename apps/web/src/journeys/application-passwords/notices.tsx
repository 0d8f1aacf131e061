import { contract, type NoticeDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useMe, useWorkspace } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { announceProblem } from '../../ui/announce-problem.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { focusHeading } from '../../ui/focus-heading.ts'
import { dateAndTime } from '../../ui/format-time.ts'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { joinSentences } from '../../ui/join-sentences.ts'
import { Section } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ButtonLink } from '../../ui/router-links.tsx'
import { type ConnectorLine, noticeLines, type NoticeLine, type PasswordLine } from './notice-lines.ts'
import { noticesQuery } from './passwords-queries.ts'
import { PASSWORDS_SECTION } from './passwords-section-id.ts'
import classes from './passwords.module.css'

/** More than these wait behind a button. */
const FEW = 4

/** What one should know of one's application passwords and connectors; nothing where there is nothing. */
export function Notices() {
	const { t } = useTranslation('passwords')
	const { data: notices = [] } = useQuery(noticesQuery(useWorkspace().id))
	const [isWhole, setIsWhole] = useState(false)
	const all = noticeLines(notices, useMe().account.username)
	const dismissAll = useDismiss(t('notices.allDismissed'))
	if (all.length === 0) return null
	const shown = isWhole ? all : all.slice(0, FEW)
	const more = all.length - shown.length
	return (
		<Section
			title={t('notices.title')}
			actions={
				all.length > 1 && (
					<ActionButton
						size="compact-sm"
						variant="subtle"
						isBusy={dismissAll.isPending}
						onClick={() => dismissAll.mutate(notices)}
					>
						{t('notices.dismissAll')}
					</ActionButton>
				)
			}
		>
			<ul className={classes.notices}>
				{shown.map((line) => (
					<Line key={line.uuid} line={line} />
				))}
			</ul>
			{more > 0 && (
				<ActionButton size="compact-sm" onClick={() => setIsWhole(true)}>
					{t('notices.all', { count: more })}
				</ActionButton>
			)}
		</Section>
	)
}

function useDismiss(done: string) {
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	return useMutation({
		mutationFn: (notices: readonly NoticeDocument[]) =>
			Promise.all(notices.map(({ id }) => askApi(contract.dismissNotice, { workspaceId, noticeId: id }))),
		onSuccess: () => {
			focusHeading() // the button goes with its row
			announce(done)
		},
		onError: announceProblem,
		onSettled: () => queries.invalidateQueries({ queryKey: noticesQuery(workspaceId).queryKey }),
	})
}

function Line({ line }: { readonly line: NoticeLine }) {
	const { t } = useTranslation('passwords')
	const sentences = useSentences()
	const dismiss = useDismiss(t('notices.dismissed'))
	const { at, name, notices, isQuiet } = line
	return (
		<li data-tone={isQuiet ? 'quiet' : 'caution'}>
			<Icon name={iconOf(line)} size={20} />
			<div className={classes.noticeText}>
				{line.about === 'connector' && t(`notices.${line.kind}`, { name })}
				{line.about === 'webhook' && t('notices.webhook-disabled', { name })}
				{line.about === 'password' && sentences(line)}
				<span className={classes.second}>
					<RelativeTime at={at} />
				</span>
			</div>
			<div className={classes.noticeButtons}>
				<LookButton line={line} />
				<ActionButton
					size="compact-sm"
					variant="subtle"
					aria-label={t('notices.dismissLabel', { name })}
					isBusy={dismiss.isPending}
					onClick={() => dismiss.mutate(notices)}
				>
					{t('notices.dismiss')}
				</ActionButton>
			</div>
		</li>
	)
}

function LookButton({ line }: { readonly line: NoticeLine }) {
	const { t } = useTranslation('passwords')
	const label = t('notices.lookLabel', { name: line.name })
	if (line.about === 'connector') {
		const params = { connectorId: line.uuid }
		return (
			<ButtonLink size="compact-sm" to="/connectors/$connectorId" params={params} aria-label={label}>
				{t('notices.look')}
			</ButtonLink>
		)
	}
	if (line.about === 'webhook')
		return (
			<ButtonLink size="compact-sm" to="/webhooks" aria-label={label}>
				{t('notices.look')}
			</ButtonLink>
		)
	const params = { memberId: line.memberId }
	return (
		<ButtonLink size="compact-sm" to="/users/$memberId" params={params} hash={PASSWORDS_SECTION} aria-label={label}>
			{t('notices.look')}
		</ButtonLink>
	)
}

const connectorIcons: Record<ConnectorLine['kind'], IconName> = {
	'connector-needs-attention': 'warning',
	'connector-unreachable': 'unplugged',
	'connector-recovered': 'passed',
	'connector-connected-by-link': 'connectors',
}

function iconOf(line: NoticeLine): IconName {
	if (line.about === 'connector') return connectorIcons[line.kind]
	if (line.about === 'webhook') return 'warning'
	const { expiresAt, addresses } = line
	if (expiresAt !== undefined) return 'clock'
	return addresses.length > 0 ? 'eye' : 'key'
}

/** What happened, in its order; only the first sentence says the name. */
function useSentences(): (line: PasswordLine) => string {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const { account } = useMe()
	const list = new Intl.ListFormat(language, { type: 'conjunction' })
	return ({ name, createdBy, addresses, expiresAt }) => {
		const isOwn = createdBy === account.username
		const hidden = addresses.length - FEW
		const ip = list.format([
			...addresses.slice(0, FEW),
			...(hidden > 0 ? [t('notices.otherAddresses', { count: hidden })] : []),
		])
		const when = expiresAt === undefined ? '' : dateAndTime(expiresAt, language)
		const facts = [
			...(createdBy === undefined ? [] : ['password-created' as const]),
			...(addresses.length === 0 ? [] : ['password-used-from-new-address' as const]),
			...(expiresAt === undefined ? [] : ['password-about-to-expire' as const]),
		]
		const sentences = [
			...facts.map((kind, index) => {
				if (kind === 'password-created')
					return isOwn ? t('notices.password-created-own', { name }) : t(`notices.${kind}`, { name, actor: createdBy })
				return t(index === 0 ? `notices.${kind}` : `notices.then.${kind}`, { name, ip, when })
			}),
			...(isOwn || addresses.length > 0 ? [t('notices.notYou')] : []),
		]
		return joinSentences(sentences, language)
	}
}
