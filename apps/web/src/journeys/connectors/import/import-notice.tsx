import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { Icon } from '../../../ui/icons.tsx'
import { TextLink } from '../../../ui/router-links.tsx'
import { countRows } from './import-progress.ts'
import classes from './import.module.css'
import { useImportState } from './use-import.ts'

/** That an import goes on, or waits for somebody to go on with it, while its page is left. */
export function ImportNotice() {
	const { t } = useTranslation('import')
	const { id } = useWorkspace()
	const { rows, phase } = useImportState(id)
	if (phase !== 'running' && phase !== 'stopped') return null
	const { total, left } = countRows(rows)
	return (
		<p className={classes.notice}>
			<Icon name={phase === 'running' ? 'running' : 'clock'} />{' '}
			{phase === 'running' ? t('notice.running', { done: total - left, total }) : t('notice.stopped', { count: left })}{' '}
			<TextLink to="/connectors/import">{t('notice.open')}</TextLink>
		</p>
	)
}
