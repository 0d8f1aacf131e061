import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Fields } from '../../../ui/use-fields.ts'
import classes from './add.module.css'
import { expiries, type GrantDraft, type GrantTexts, type Missing } from './grant-draft.ts'

export type LimitFieldsProps = {
	readonly draft: GrantDraft
	readonly onChange: (draft: GrantDraft) => void
	readonly fields: Fields<GrantTexts>
	readonly missing: Missing | undefined
}

/** What the server takes at most. */
const mostOf = [
	['requestsPerMinute', 1_000_000],
	['writesPerDay', 1_000_000_000],
] as const

/** For how long, from where, and how often. */
export function LimitFields({ draft, onChange, fields, missing }: LimitFieldsProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const { error, ...expiresOn } = fields.bind('expiresOn')
	const chooseExpiry = (value: string) =>
		onChange({ ...draft, expiry: expiries.find((name) => name === value) ?? draft.expiry })
	return (
		<>
			<div className={classes.pair}>
				<NativeSelect
					label={t('expiry.label')}
					value={draft.expiry}
					data={expiries.map((name) => ({ value: name, label: t(`expiry.${name}`) }))}
					onChange={(event) => chooseExpiry(event.currentTarget.value)}
				/>
				{draft.expiry === 'date' && (
					<div data-part="expiry">
						<TextInput
							type="date"
							label={t('expiry.on')}
							min={today()}
							{...expiresOn}
							error={missing === 'expiry' ? shell('required') : error}
						/>
					</div>
				)}
			</div>
			<TextInput
				className={classes.addresses ?? ''}
				label={t('limits.addresses')}
				description={t('limits.addressesHint')}
				autoComplete="off"
				autoCapitalize="off"
				spellCheck={false}
				{...fields.bind('addresses')}
			/>
			<div className={classes.pair}>
				{mostOf.map(([name, most]) => (
					<NumberInput
						key={name}
						label={t(`limits.${name}`)}
						description={t('limits.numberHint')}
						min={1}
						max={most}
						allowDecimal={false}
						allowNegative={false}
						hideControls
						value={draft[name] ?? ''}
						onChange={(value) => onChange({ ...draft, [name]: typeof value === 'number' ? value : null })}
					/>
				))}
			</div>
		</>
	)
}

function today(): string {
	const now = new Date()
	const pad = (part: number) => String(part).padStart(2, '0')
	return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}
