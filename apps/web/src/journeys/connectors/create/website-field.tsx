import { TextInput } from '@mantine/core'
import type { ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { fieldSentence } from '../../../ui/field-problem.ts'
import { Loading } from '../../../ui/loading.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import classes from './create.module.css'
import type { CredentialFieldProps } from './credential-field.tsx'
import { SiteSummary } from './site-summary.tsx'
import { ForHost } from './for-host.tsx'
import { ProblemWays, type ProblemWaysProps } from './reach/problem-ways.tsx'
import type { SiteCheck } from './use-site-check.ts'

type WebsiteFieldProps = CredentialFieldProps & {
	readonly type: ConnectorTypeDocument
	readonly isFixed: boolean
	readonly siteCheck: SiteCheck
	/** What went wrong is said elsewhere already. */
	readonly isQuiet: boolean
	/** Nothing else is filled in: Enter looks at the address instead of authorizing. */
	readonly mayCheckOnEnter: boolean
	readonly ways: Omit<ProblemWaysProps, 'problem' | 'type'>
}

const CLICK_MS = 200

/** The address is looked at when the field is left, before any secret is typed. */
export function WebsiteField(props: WebsiteFieldProps) {
	const { field, value, problem, inputRef, siteCheck, isFixed, isQuiet, mayCheckOnEnter, onChange, ways } = props
	const { type } = props
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	// Not before a click on a button has ended: what appears here would push the button away under the pointer.
	const checkSoon = () => void setTimeout(() => siteCheck.check(value), CLICK_MS)
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== 'Enter' || !mayCheckOnEnter || value.trim() === '') return
		event.preventDefault()
		siteCheck.check(value)
	}
	return (
		<div>
			<TextInput
				ref={inputRef}
				name={`site-${field.name}`}
				label={field.label[language]}
				description={isFixed ? t('reconnect.websiteFixed') : field.description[language]}
				placeholder={field.placeholder}
				value={value}
				readOnly={isFixed}
				error={problem ? fieldSentence(problem, language) : siteCheck.problem !== undefined}
				inputMode="url"
				autoComplete={field.autocomplete}
				autoCapitalize="off"
				autoCorrect="off"
				spellCheck={false}
				onChange={(event) => onChange(event.currentTarget.value)}
				onBlur={checkSoon}
				onKeyDown={onKeyDown}
			/>
			<div role="status" className={classes.status}>
				{siteCheck.isChecking && <Loading>{t('authentication.checkingAddress')}</Loading>}
				{siteCheck.site && <SiteSummary site={siteCheck.site} type={type} />}
			</div>
			{siteCheck.problem && !isQuiet && (
				<AddressProblem problem={siteCheck.problem} siteCheck={siteCheck} type={type} ways={ways} />
			)}
		</div>
	)
}

type AddressProblemProps = Pick<WebsiteFieldProps, 'siteCheck' | 'type' | 'ways'> & {
	readonly problem: ProblemDocument
}

function AddressProblem({ problem, siteCheck, type, ways }: AddressProblemProps) {
	return (
		<ProblemCard
			problem={problem}
			onTryAgain={siteCheck.tryAgain}
			actions={<ProblemWays problem={problem} type={type} {...ways} />}
			more={<ForHost problem={problem} />}
		/>
	)
}
