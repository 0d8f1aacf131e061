import { isDangerousNamespace, readDynamic, scopeText } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../../texts/use-language.ts'
import { CopyButton } from '../../../../ui/copy-button.tsx'
import { Emphasized } from '../../../../ui/emphasized.tsx'
import { Icon } from '../../../../ui/icons.tsx'
import type { Example } from './examples.ts'
import classes from './use.module.css'

/** One thing to copy, the scope that it takes, and what else one should know. */
export function ExampleCard({ example }: { readonly example: Example }) {
	const { t } = useTranslation('connectors')
	const title = t(`use.examples.${example.name}`)
	return (
		<section className={classes.example} aria-label={title} data-example={example.name}>
			<div className={classes.head}>
				<h3>{title}</h3>
				{'code' in example && (
					<CopyButton size="compact-sm" text={example.code} what={t('use.quoted', { label: title })} />
				)}
			</div>
			{'code' in example ? <pre className={classes.code}>{example.code}</pre> : <Fields fields={example.fields} />}
			<ScopeLine scope={example.scope} />
			{example.remark && (
				<p className={classes.remark}>
					<Emphasized text={t(`use.remarks.${example.remark}`)} />
				</p>
			)}
		</section>
	)
}

function Fields({ fields }: { readonly fields: Extract<Example, { fields: unknown }>['fields'] }) {
	const { t } = useTranslation('connectors')
	return (
		<dl className={classes.fields}>
			{fields.map(({ name, label = t(`use.fields.${name}`), value }) => (
				<div key={name}>
					<dt>{label}</dt>
					<dd>
						<code className={classes.value}>{value}</code>
						{name === 'password' ? (
							<span />
						) : (
							<CopyButton size="compact-sm" text={value} what={t('use.quoted', { label })} />
						)}
					</dd>
				</div>
			))}
		</dl>
	)
}

function ScopeLine({ scope }: Pick<Example, 'scope'>) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const dynamic = readDynamic(scope)
	const isDangerous = dynamic?.kind === 'ns' && isDangerousNamespace(dynamic.namespace)
	return (
		<p className={classes.scope} data-dangerous={isDangerous || undefined}>
			{isDangerous && <Icon name="warning" size={17} />} {t('use.needs')} <code>{scope}</code> –{' '}
			{scopeText(scope, language)}
		</p>
	)
}
