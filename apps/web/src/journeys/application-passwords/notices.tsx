import { contract, type NoticeDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
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

/** What one should know of one's application passwords; nothing where there is nothing. */
export function Notices() {
	const { t } = useTranslation('passwords')
	const notices = useQuery(noticesQuery(useWorkspace().id))
	if (!notices.data || notices.data.length === 0) return null
	return (
		<Section title={t('notices.title')}>
			<ul className={classes.notices}>
				{notices.data.map((notice) => (
					<Notice key={notice.id} notice={notice} />
				))}
			</ul>
		</Section>
	)
}

function Notice({ notice }: { readonly notice: NoticeDocument }) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const { id, kind, at, memberId, name, params } = notice
	const dismiss = useMutation({
		mutationFn: () => askApi(contract.dismissNotice, { workspaceId, noticeId: id }),
		onSuccess: () => {
			focusHeading() // the button goes with its row
			announce(t('notices.dismissed'))
			return queries.invalidateQueries({ queryKey: noticesQuery(workspaceId).queryKey })
		},
		onError: ({ problem }) => announce(problem.title, 'failed'),
	})
	const { expiresAt } = params
	const when = expiresAt === undefined ? '' : dateAndTime(expiresAt, language)
	return (
		<li>
			<Icon name={icons[kind]} size={20} />
			<div className={classes.noticeText}>
				{t(`notices.${kind}`, { name, actor: '', ip: '', ...params, when })}
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
					onClick={() => dismiss.mutate()}
				>
					{t('notices.dismiss')}
				</ActionButton>
			</div>
		</li>
	)
}
