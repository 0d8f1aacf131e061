/** Which screen of the wizard the address means: choose a type, authenticate for `type`, or name `draft`. */
export type WizardSearch = { readonly type?: string; readonly draft?: string }

export function readWizardSearch({ type, draft }: Record<string, unknown>): WizardSearch {
	return {
		...(typeof type === 'string' && type !== '' ? { type } : {}),
		...(typeof draft === 'string' && draft !== '' ? { draft } : {}),
	}
}
