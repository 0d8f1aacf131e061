/** Which screen of the wizard the address means: choose a type, authenticate for `type`, or name `draft`. */
export type WizardSearch = { readonly type?: string | undefined; readonly draft?: string | undefined }

/** Names both: the router lays this over what the address says. */
export function readWizardSearch({ type, draft }: Record<string, unknown>): WizardSearch {
	return { type: readText(type), draft: readText(draft) }
}

function readText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined
}
