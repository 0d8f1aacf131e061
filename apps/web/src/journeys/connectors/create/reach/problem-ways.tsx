import type { ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../../texts/use-language.ts'
import { ActionButton } from '../../../../ui/buttons.tsx'
import { Facts } from '../../../../ui/facts.tsx'
import { dateOf } from '../../../../ui/format-time.ts'
import { Icon } from '../../../../ui/icons.tsx'
import classes from '../create.module.css'
import { UseTarget } from '../use-target.tsx'
import { groupFingerprint, type TypedReach } from './typed-reach.ts'
import { certificateOf, mayUseXmlRpc, type Certificate } from './ways-out.ts'

export type ProblemWaysProps = {
	readonly problem: ProblemDocument
	readonly type: ConnectorTypeDocument
	readonly reach: TypedReach
	readonly onUseTarget: (target: string) => void
	readonly onChangeReach: (changed: Partial<TypedReach>) => void
}

/** Other ways on from a failure, each by the person's own decision. */
export function ProblemWays({ problem, type, reach, onUseTarget, onChangeReach }: ProblemWaysProps) {
	const { t } = useTranslation('connecting')
	const certificate = certificateOf(problem)
	return (
		<>
			<UseTarget problem={problem} onUseTarget={onUseTarget} />
			{mayUseXmlRpc(problem, type, reach) && (
				<div className={classes.way}>
					<ActionButton leftSection={<Icon name="link" />} onClick={() => onChangeReach({ transport: 'xml-rpc' })}>
						{t('xmlRpc.instead')}
					</ActionButton>
					<p className={classes.choiceText}>{t('xmlRpc.what')}</p>
				</div>
			)}
			{certificate && certificate.sha256 !== reach.certificatePin && (
				<CertificateToTrust
					certificate={certificate}
					isAnother={problem.code === 'tls/pin-mismatch'}
					onTrust={() => onChangeReach({ certificatePin: certificate.sha256 })}
				/>
			)}
		</>
	)
}

type CertificateToTrustProps = {
	readonly certificate: Certificate
	/** Than the one that was agreed to. */
	readonly isAnother: boolean
	readonly onTrust: () => void
}

function CertificateToTrust({ certificate, isAnother, onTrust }: CertificateToTrustProps) {
	const { t } = useTranslation('connecting')
	const language = useLanguage()
	return (
		<div className={classes.way}>
			<h3 className={classes.wayTitle}>{t('pin.title')}</h3>
			<Facts
				facts={[
					[t('pin.subject'), certificate.subject],
					[t('pin.issuer'), certificate.issuer],
					[t('pin.validTo'), dateOf(certificate.validTo, language)],
					[
						t('pin.fingerprint'),
						<code key="fingerprint" className={classes.fingerprint}>
							{groupFingerprint(certificate.sha256)}
						</code>,
					],
				]}
			/>
			<p>{t(isAnother ? 'pin.warningOfAnother' : 'pin.warning')}</p>
			<ActionButton leftSection={<Icon name="shield" />} onClick={onTrust}>
				{t('pin.trust')}
			</ActionButton>
		</div>
	)
}
