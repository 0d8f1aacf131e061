import { Kbd, Modal, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './list.module.css'

type KeysDialogProps = {
	readonly isOpen: boolean
	readonly isOn: boolean
	readonly onSwitch: (isOn: boolean) => void
	readonly onClose: () => void
}

/** What the keys do, and the switch for whom they hinder. */
export function KeysDialog({ isOpen, isOn, onSwitch, onClose }: KeysDialogProps) {
	const { t } = useTranslation(['list', 'shell'])
	const rows: readonly (readonly [ReactNode, string])[] = [
		[<Keys key="move" names={['↓', 'j', '↑', 'k']} />, t('keys.move')],
		[<Kbd key="x">x</Kbd>, t('keys.select')],
		[<Kbd key="range">{t('keys.click')}</Kbd>, t('keys.range')],
		[<Kbd key="enter">Enter</Kbd>, t('keys.enter')],
		[<Kbd key="search">/</Kbd>, t('keys.search')],
		[<Kbd key="help">?</Kbd>, t('keys.help')],
	]
	return (
		<Modal
			opened={isOpen}
			onClose={onClose}
			title={t('keys.title')}
			closeButtonProps={{ 'aria-label': t('shell:close') }}
			centered
		>
			<p>{t('keys.intro')}</p>
			<table className={classes.keys}>
				<thead className="visually-hidden">
					<tr>
						<th scope="col">{t('keys.key')}</th>
						<th scope="col">{t('keys.does')}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map(([key, does]) => (
						<tr key={does}>
							<td>{key}</td>
							<td>{does}</td>
						</tr>
					))}
				</tbody>
			</table>
			<Switch
				checked={isOn}
				onChange={(event) => onSwitch(event.currentTarget.checked)}
				label={t('keys.on')}
				description={t('keys.onHint')}
			/>
		</Modal>
	)
}

function Keys({ names }: { readonly names: readonly string[] }) {
	return names.map((name) => <Kbd key={name}>{name}</Kbd>)
}
