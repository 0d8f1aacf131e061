import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/buttons.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Section } from '../../../ui/page.tsx'
import { saveAsFile } from '../../../ui/save-as-file.ts'
import { importColumns, neededColumns } from './import-row.ts'
import classes from './import.module.css'
import { importTemplate } from './write-import-file.ts'

const wpCli = 'wp user application-password create <user> "Postern" --porcelain'

/** What the file has to look like, and where passwords for many sites come from. */
export function ImportGuide() {
	const { t } = useTranslation('import')
	return (
		<>
			<Section
				title={t('columnsTitle')}
				actions={
					<ActionButton
						size="sm"
						leftSection={<Icon name="download" />}
						onClick={() => saveAsFile('postern-import.csv', importTemplate())}
					>
						{t('template')}
					</ActionButton>
				}
			>
				<p>{t('columns')}</p>
				<dl className={classes.columns}>
					{importColumns.map((column) => (
						<div key={column}>
							<dt>
								<code>{column}</code>{' '}
								<span className={classes.needed}>{t(neededColumns.includes(column) ? 'required' : 'optional')}</span>
							</dt>
							<dd>{t(`columnMeanings.${column}`)}</dd>
						</div>
					))}
				</dl>
				<p>{t('format')}</p>
			</Section>
			<Section title={t('shellTitle')}>
				<p>{t('shell')}</p>
				<div className={classes.command}>
					<code>{wpCli}</code>
					<CopyButton text={wpCli} what={t('shellCommand')} />
				</div>
			</Section>
		</>
	)
}
