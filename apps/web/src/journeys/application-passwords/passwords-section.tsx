import type { IssuedDocument, ProfileDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { statusQuery, useWorkspace } from '../../api/session.ts'
import { Callout } from '../../ui/callout.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { focusHeading } from '../../ui/focus-heading.ts'
import { Loading } from '../../ui/loading.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { AddPasswordForm } from './add/add-password-form.tsx'
import { draftFor } from './add/add-search.ts'
import { NewPasswordNotice } from './new-password-notice.tsx'
import { passwordsQuery } from './passwords-queries.ts'
import { PASSWORDS_SECTION } from './passwords-section-id.ts'
import classes from './passwords.module.css'
import { PasswordTable } from './table/password-table.tsx'
import { RevokeAll } from './table/revoke-all.tsx'

/** A new secret, and how it came to be. */
export type Shown = { readonly issued: IssuedDocument; readonly how: 'added' | 'replaced' }

/** Add, see once, list, rename, replace and revoke: at the bottom of a profile. */
export function PasswordsSection({ profile }: { readonly profile: ProfileDocument }) {
	const { t } = useTranslation('passwords')
	const isOwn = useWorkspace().memberId === profile.memberId
	const name = profile.username
	return (
		<Section id={PASSWORDS_SECTION} title={t('title')}>
			<div className={classes.intro}>
				<p>{t('intro', { name })}</p>
				<p>{t('important')}</p>
			</div>
			{profile.mayManage ? (
				<>
					{!isOwn && profile.kind === 'person' && <p className={classes.intro}>{t('forOther', { name })}</p>}
					<Managed profile={profile} />
				</>
			) : (
				<p>{t('closed', { name })}</p>
			)}
		</Section>
	)
}

function Managed({ profile }: { readonly profile: ProfileDocument }) {
	const { t } = useTranslation('passwords')
	const isInsecure = useQuery(statusQuery).data?.isInsecure ?? false
	const search = useSearch({ from: '/shell/users/$memberId' })
	const [shown, setShown] = useState<Shown>()
	const nameField = useRef<HTMLInputElement>(null)
	const dismiss = () => {
		setShown(undefined)
		if (nameField.current) nameField.current.focus()
		else focusHeading()
	}
	return (
		<>
			{!profile.isApiLoginAllowed && <Callout icon="warning">{t('refused')}</Callout>}
			{isInsecure ? (
				<Callout icon="warning" title={t('insecure.title')}>
					{t('insecure.body')}
				</Callout>
			) : (
				<AddPasswordForm
					key={`${search.connector} ${search.for}`}
					profile={profile}
					initial={draftFor(search)}
					nameField={nameField}
					onIssued={(issued) => setShown({ issued, how: 'added' })}
				/>
			)}
			{shown && (
				<NewPasswordNotice
					key={shown.issued.applicationPassword.uuid}
					issued={shown.issued}
					title={t(shown.how === 'added' ? 'notice.title' : 'notice.titleReplaced', {
						name: shown.issued.applicationPassword.name,
					})}
					onDismiss={dismiss}
				/>
			)}
			<Existing
				profile={profile}
				mayAdd={!isInsecure}
				highlighted={shown?.issued.applicationPassword.uuid}
				onReplaced={(issued) => setShown({ issued, how: 'replaced' })}
			/>
		</>
	)
}

type ExistingProps = {
	readonly profile: ProfileDocument
	readonly mayAdd: boolean
	readonly highlighted: string | undefined
	readonly onReplaced: (issued: IssuedDocument) => void
}

function Existing({ profile, mayAdd, highlighted, onReplaced }: ExistingProps) {
	const { t } = useTranslation('passwords')
	const passwords = useQuery(passwordsQuery(useWorkspace().id, profile.memberId))
	if (passwords.isPending) return <Loading />
	if (passwords.error)
		return <ProblemCard problem={passwords.error.problem} onTryAgain={() => void passwords.refetch()} />
	const list = passwords.data
	if (list.length === 0 && !mayAdd) return null
	return (
		<div className={classes.existing}>
			{list.length === 0 ? (
				<EmptyState icon="key" title={t('empty.title')}>
					{t('empty.body')}
				</EmptyState>
			) : (
				<>
					<PasswordTable
						passwords={list}
						memberId={profile.memberId}
						highlighted={highlighted}
						onReplaced={onReplaced}
					/>
					<RevokeAll memberId={profile.memberId} name={profile.username} count={list.length} />
				</>
			)}
		</div>
	)
}
