import { Tabs } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useWorkspace } from '../../../../api/session.ts'
import { CopyButton } from '../../../../ui/copy-button.tsx'
import { Emphasized } from '../../../../ui/emphasized.tsx'
import { Icon } from '../../../../ui/icons.tsx'
import { Section } from '../../../../ui/page.tsx'
import { ButtonLink, PrimaryLink } from '../../../../ui/router-links.tsx'
import { PASSWORDS_SECTION } from '../../../application-passwords/passwords-section-id.ts'
import { ExampleCard } from './example-card.tsx'
import { examplesOf, type Tool, toolsFor } from './examples.ts'
import { HOW_TO_USE } from './how-to-use-id.ts'
import classes from './use.module.css'

type HowToUseProps = {
	readonly connector: ConnectorDocument
	/** Whether a new password is the one next step of the page. */
	readonly isNext: boolean
}

/** Lines to copy for each kind of program, with the connector's own address and one's own username in them. */
export function HowToUse({ connector, isNext }: HowToUseProps) {
	const { t } = useTranslation('connectors')
	const { account } = useMe()
	const tools = toolsFor(connector)
	const [chosen, setTool] = useState<Tool>(tools[0])
	const tool = tools.includes(chosen) ? chosen : tools[0]
	const label = useToolName()
	const { gatewayUrl, slug, hasOwnHost } = connector
	return (
		<Section id={HOW_TO_USE} title={t('use.title')} description={t('use.description')}>
			<p className={classes.address}>
				<span>{t('use.address')}</span>
				<code>{gatewayUrl}</code>
				<CopyButton size="compact-sm" text={gatewayUrl} what={t('use.addressName')} />
			</p>
			{connector.transport === 'xml-rpc' && (
				<p className={classes.only}>
					<Emphasized text={t('use.xmlRpcOnly')} />
				</p>
			)}
			<Tabs
				value={tool}
				onChange={(name) => setTool(tools.find((known) => known === name) ?? tool)}
				keepMounted={false}
				variant="outline"
			>
				<Tabs.List aria-label={t('use.tools')}>
					{tools.map((name) => (
						<Tabs.Tab key={name} value={name}>
							{label(name)}
						</Tabs.Tab>
					))}
				</Tabs.List>
				<Tabs.Panel value={tool} className={classes.panel ?? ''}>
					{examplesOf(tool, { gatewayUrl, slug, username: account.username }).map((example) => (
						<ExampleCard key={example.name} example={example} />
					))}
					<NewPassword connector={connector} isForAgent={tool === 'agent'} isNext={isNext} />
				</Tabs.Panel>
			</Tabs>
			{!hasOwnHost && <WithoutOwnHost gatewayUrl={gatewayUrl} />}
		</Section>
	)
}

/** Programs are called the same in every language. */
const properNames: Partial<Record<Tool, string>> = {
	curl: 'curl',
	javascript: 'JavaScript',
	python: 'Python',
	n8n: 'n8n',
}

function useToolName(): (tool: Tool) => string {
	const { t } = useTranslation('connectors')
	return (tool) => properNames[tool] ?? t(tool === 'agent' ? 'use.agent' : 'use.xmlRpc')
}

type NewPasswordProps = HowToUseProps & { readonly isForAgent: boolean }

function NewPassword({ connector, isForAgent, isNext }: NewPasswordProps) {
	const { t } = useTranslation('connectors')
	const { memberId } = useWorkspace()
	const Link = isNext ? PrimaryLink : ButtonLink
	return (
		<div className={classes.new}>
			<Link
				to="/users/$memberId"
				params={{ memberId }}
				search={{ connector: connector.id, ...(isForAgent ? { for: 'agent' as const } : {}) }}
				hash={PASSWORDS_SECTION}
				leftSection={<Icon name="key" />}
			>
				{t(isForAgent ? 'use.newForAgent' : 'use.new')}
			</Link>
			<p className={classes.hint}>{isForAgent ? t('use.newForAgentHint') : <Emphasized text={t('use.replace')} />}</p>
		</div>
	)
}

function WithoutOwnHost({ gatewayUrl }: Pick<ConnectorDocument, 'gatewayUrl'>) {
	const { t } = useTranslation('connectors')
	return (
		<details className={classes.paths}>
			<summary>{t('use.paths.title')}</summary>
			<p>
				<Emphasized text={t('use.paths.body', { path: new URL(gatewayUrl).pathname })} />
			</p>
			<p>
				<Emphasized text={t('use.paths.operator')} />
			</p>
		</details>
	)
}
