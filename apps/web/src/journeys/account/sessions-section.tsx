import { contract, type SessionDocument } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { CardTable } from '../../ui/card-table.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { focusHeading, focusHeadingAfterDialog } from '../../ui/focus-heading.ts'
import { Icon } from '../../ui/icons.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Badge } from '../../ui/state-badge.tsx'
import classes from './account.module.css'
import { sessionsKey, sessionsQuery } from './sessions-query.ts'
import { useDeviceName } from './use-device-name.ts'

export function SessionsSection() {
	const { t } = useTranslation('account')
	const sessions = useQuery(sessionsQuery)
	const list = sessions.data?.sessions ?? []
	const hasOthers = list.some((session) => !session.isCurrent)
	return (
		<Section title={t('sessions.title')} description={t('sessions.description')} actions={hasOthers && <EndOthers />}>
			{sessions.isPending && <Loading />}
			{sessions.error && <ProblemCard problem={sessions.error.problem} onTryAgain={() => void sessions.refetch()} />}
			{list.length > 0 && <SessionTable sessions={list} />}
		</Section>
	)
}

function SessionTable({ sessions }: { readonly sessions: readonly SessionDocument[] }) {
	const { t } = useTranslation('account')
	return (
		<CardTable
			caption={t('sessions.title')}
			rows={sessions}
			keyOf={(session) => session.id}
			columns={[
				{ name: 'device', label: t('sessions.device'), isPlain: true, render: (row) => <DeviceCell session={row} /> },
				{ name: 'address', label: t('sessions.address'), render: (row) => row.ip ?? '–' },
				{ name: 'created', label: t('sessions.signedIn'), render: (row) => <RelativeTime at={row.createdAt} /> },
				{ name: 'used', label: t('sessions.lastUsed'), render: (row) => <RelativeTime at={row.lastUsedAt} /> },
				{ name: 'actions', label: t('sessions.actions'), isPlain: true, render: (row) => <EndSession session={row} /> },
			]}
		/>
	)
}

function DeviceCell({ session }: { readonly session: SessionDocument }) {
	const name = useDeviceName()(session.userAgent)
	return (
		<span className={classes.device} title={session.userAgent ?? ''}>
			<Icon name="device" />
			{name}
		</span>
	)
}

function EndSession({ session }: { readonly session: SessionDocument }) {
	const { t } = useTranslation('account')
	const device = useDeviceName()(session.userAgent)
	const queries = useQueryClient()
	const end = useMutation({
		mutationFn: () => askApi(contract.revokeSession, { sessionId: session.id }),
		onSuccess: () => {
			focusHeading() // the button goes with its row
			announce(t('sessions.ended'))
			return queries.invalidateQueries({ queryKey: sessionsKey })
		},
	})
	if (session.isCurrent)
		return (
			<Badge icon="passed" tone="good">
				{t('sessions.thisOne')}
			</Badge>
		)
	return (
		<>
			<ActionButton
				size="compact-sm"
				isBusy={end.isPending}
				aria-label={t('sessions.endLabel', { device })}
				onClick={() => end.mutate()}
			>
				{t('sessions.end')}
			</ActionButton>
			{end.error && <ProblemCard problem={end.error.problem} />}
		</>
	)
}

function EndOthers() {
	const { t } = useTranslation('account')
	const [isOpen, setIsOpen] = useState(false)
	const queries = useQueryClient()
	const end = useMutation({
		mutationFn: () => askApi(contract.revokeOtherSessions, {}),
		onSuccess: () => {
			setIsOpen(false)
			focusHeadingAfterDialog()
			announce(t('sessions.othersEnded'))
			return queries.invalidateQueries({ queryKey: sessionsKey })
		},
	})
	const close = () => {
		setIsOpen(false)
		end.reset()
	}
	return (
		<>
			<ActionButton size="compact-md" onClick={() => setIsOpen(true)}>
				{t('sessions.endOthers')}
			</ActionButton>
			<ConfirmDialog
				isOpen={isOpen}
				title={t('sessions.endOthersTitle')}
				confirmLabel={t('sessions.endOthers')}
				isDangerous
				isBusy={end.isPending}
				problem={end.error?.problem}
				onConfirm={() => end.mutate()}
				onClose={close}
			>
				{t('sessions.endOthersBody')}
			</ConfirmDialog>
		</>
	)
}
