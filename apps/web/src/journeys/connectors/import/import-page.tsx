import { localProblem } from '@postern/api/client'
import type { ProblemDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { BackLink } from '../../../ui/back-link.tsx'
import { PrimaryButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Page, Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { ImportGuide } from './import-guide.tsx'
import { ImportRun } from './import-run.tsx'
import { ImportTable } from './import-table.tsx'
import { readImportFile } from './read-import-file.ts'
import { useImport } from './use-import.ts'
import { NeedsEditor } from './needs-editor.tsx'

/** Connects many sites from one file, which never leaves the browser. */
export function ImportPage() {
	const { t } = useTranslation('import')
	const { role } = useWorkspace()
	return (
		<Page title={t('title')} before={<BackLink to="/connectors">{t('back')}</BackLink>} description={t('intro')}>
			{hasRole(role, 'editor') ? <Import /> : <NeedsEditor />}
		</Page>
	)
}

function Import() {
	const { t } = useTranslation('import')
	const [problem, setProblem] = useState<ProblemDocument>()
	const importing = useImport()
	const { rows, phase, load, isElsewhere } = importing
	const read = async (file: File) => {
		const result = readImportFile(new Uint8Array(await file.arrayBuffer()))
		setProblem(result.ok ? undefined : localProblem(result.problem.code, result.problem.params))
		load(result.ok ? result.value : [])
	}
	if (isElsewhere) return <p>{t('elsewhere')}</p>
	return (
		<>
			{phase === 'nothing' && <ImportGuide />}
			{phase !== 'running' && phase !== 'stopped' && (
				<Section description={t('secret')}>
					<ChooseFile isNext={phase === 'nothing'} onFile={(file) => void read(file)} />
					{problem && <ProblemCard problem={problem} takesFocus />}
				</Section>
			)}
			{phase !== 'nothing' && (
				<Section title={t('preview')} description={t('rows', { count: rows.length })}>
					<ImportRun {...importing} />
					<ImportTable rows={rows} />
				</Section>
			)}
		</>
	)
}

function ChooseFile({ isNext, onFile }: { readonly isNext: boolean; readonly onFile: (file: File) => void }) {
	const { t } = useTranslation('import')
	const input = useRef<HTMLInputElement>(null)
	return (
		<>
			<input
				ref={input}
				type="file"
				accept=".csv,text/csv"
				aria-label={t('choose')}
				tabIndex={-1}
				className="visually-hidden"
				onChange={({ currentTarget }) => {
					const file = currentTarget.files?.[0]
					if (file) onFile(file)
					// The same file, corrected, may be chosen again; and nothing here holds it any longer.
					currentTarget.value = ''
				}}
			/>
			<PrimaryButton isNext={isNext} leftSection={<Icon name="upload" />} onClick={() => input.current?.click()}>
				{t(isNext ? 'choose' : 'chooseAnother')}
			</PrimaryButton>
		</>
	)
}
