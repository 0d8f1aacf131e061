import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { fact, Facts } from '../../../ui/facts.tsx'
import { Section } from '../../../ui/page.tsx'
import createClasses from '../create/create.module.css'
import { groupFingerprint } from '../create/reach/typed-reach.ts'
import classes from './show.module.css'

/** By which way Postern comes to the site. */
export function ReachSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connecting')
	const { transport, hasEdgeLogin, certificatePin } = connector
	return (
		<Section title={t('reach.title')}>
			<Facts
				facts={[
					[t('reach.transport'), t(`reach.transports.${transport}`)],
					[t('reach.edge'), t(hasEdgeLogin ? 'reach.edgeKept' : 'reach.edgeNone')],
					fact(
						t('reach.certificate'),
						certificatePin === null ? (
							t('reach.anyCertificate')
						) : (
							<>
								{t('reach.pinned')}
								<code className={createClasses.fingerprint}>{groupFingerprint(certificatePin)}</code>
							</>
						),
					),
				]}
			/>
			{transport === 'xml-rpc' && <p className={classes.quiet}>{t('xmlRpc.what')}</p>}
		</Section>
	)
}
