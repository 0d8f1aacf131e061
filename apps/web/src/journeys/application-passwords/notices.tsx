import { contract, type NoticeDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useMe, useWorkspace } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { focusHeading } from '../../ui/focus-heading.ts'
import { dateAndTime } from '../../ui/format-time.ts'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { Section } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ButtonLink } from '../../ui/router-links.tsx'
import { noticesQuery } from './passwords-queries.ts'
import { PASSWORDS_SECTION } from './passwords-section-id.ts'
import classes from './passwords.module.css'

const icons: Record<NoticeDocument['kind'], IconName> = {
	'password-created': 'key',
	'password-used-from-new-address': 'eye',
	'password-about-to-expire': 'clock',
}

/** More than these wait behind a button. */
const FEW = 4

/** What one should know of one's application passwords; nothing where there is nothing. */
export function Notices() {
	const { t } = useTranslation('passwords')
	const notices = useQuery(noticesQuery(useWorkspace().id))
	const [isWhole, setIsWhole] = useState(false)
	const all = notices.data ?? []
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
						onClick={() => dismissAll.mutate(all)}
					>
						{t('notices.dismissAll')}
					</ActionButton>
				)
			}
		>
			<ul className={classes.notices}>
				{shown.map((notice) => (
					<Notice key={notice.id} notice={notice} />
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
		onError: ({ problem }) => announce(problem.title, 'failed'),
		onSettled: () => queries.invalidateQueries({ queryKey: noticesQuery(workspaceId).queryKey }),
	})
}

function Notice({ notice }: { readonly notice: NoticeDocument }) {
	const { t } = useTranslation('passwords')
	const sentence = useSentence()
	const dismiss = useDismiss(t('notices.dismissed'))
	const { kind, at, memberId, name } = notice
	return (
		<li data-tone={kind === 'password-created' ? 'quiet' : 'caution'}>
			<Icon name={icons[kind]} size={20} />
			<div className={classes.noticeText}>
				{sentence(notice)}
				<span className={classes.second}>
					<RelativeTime at={at} />
				</span>
			</div>
			<div className={classes.noticeButtons}>
				<ButtonLink
					size="compact-sm"
					to="/users/$memberId"
					params={{ memberId }}
					hash={PASSWORDS_SECTION}
					aria-label={t('notices.lookLabel', { name })}
				>
					{t('notices.look')}
				</ButtonLink>
				<ActionButton
					size="compact-sm"
					variant="subtle"
					aria-label={t('notices.dismissLabel', { name })}
					isBusy={dismiss.isPending}
					onClick={() => dismiss.mutate([notice])}
				>
					{t('notices.dismiss')}
				</ActionButton>
			</div>
		</li>
	)
}

function useSentence(): (notice: NoticeDocument) => string {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const { account } = useMe()
	return ({ kind, name, params }) => {
		if (kind === 'password-created' && params['actor'] === account.username)
			return t('notices.password-created-own', { name })
		const { expiresAt } = params
		const when = expiresAt === undefined ? '' : dateAndTime(expiresAt, language)
		return t(`notices.${kind}`, { actor: '', ip: '', ...params, name, when })
	}
}
