/**
 * Which screen of the wizard the address means: choose a type, authenticate for `type`, or name `draft`. `approval`: the code of
 * what went wrong on the way back from the site's own page.
 */
export type WizardSearch = {
	readonly type?: string | undefined
	readonly draft?: string | undefined
	readonly approval?: string | undefined
}

/** Names all: the router lays this over what the address says. */
export function readWizardSearch({ type, draft, approval }: Record<string, unknown>): WizardSearch {
	return { type: readText(type), draft: readText(draft), approval: readText(approval) }
}

/** Of the page that reconnects: back from the site's own page, without a connection. */
export function readReconnectSearch({ approval }: Record<string, unknown>): Pick<WizardSearch, 'approval'> {
	return { approval: readText(approval) }
}

function readText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined
}
