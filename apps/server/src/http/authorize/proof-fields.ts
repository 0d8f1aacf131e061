import { fieldText, html, type Form, type Html } from '@postern/app-passwords/authorize'
import { Secret } from '@postern/vocabulary'
import type { ProofMethod, TypedProof } from '../../accounts/accounts.ts'
import type { PageTexts } from './page-texts.ts'

const kinds = ['totp', 'recovery-code', 'password'] as const

/** Fields in which somebody proves that it is him; without a script, so for whatever can be typed. */
export function proofFields(methods: readonly ProofMethod[], texts: PageTexts, isFaulty: boolean): Html {
	const labels = { totp: texts.totp, 'recovery-code': texts.recoveryCode, password: texts.password }
	const typed = kinds.filter((kind) => methods.includes(kind))
	return html`<fieldset class="proof">
		<legend>${texts.proof}</legend>
		<p class="hint">${texts.proofHint}</p>
		${
			methods.includes('passkey') &&
			html`<p hidden>
					<button type="button" data-passkey data-failed="${texts.passkeyFailed}">${texts.usePasskey}</button>
				</p>
				<noscript><p class="hint">${texts.passkeyNeedsScript}</p></noscript>
				<p class="caution" role="status" data-passkey-status></p>`
		}
		${typed.map(
			(kind) =>
				html`<div class="field">
					<label for="proof-${kind}">${labels[kind]}</label>
					<input
						id="proof-${kind}"
						name="proof_${kind}"
						${inputKind(kind)}${isFaulty && html` aria-invalid="true" aria-describedby="faults"`}
					/>
				</div>`,
		)}
	</fieldset>`
}

function inputKind(kind: (typeof kinds)[number]): Html {
	switch (kind) {
		case 'totp':
			return html` inputmode="numeric" autocomplete="one-time-code" maxlength="12"`
		case 'recovery-code':
			return html` autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="64"`
		case 'password':
			return html` type="password" autocomplete="current-password"`
	}
}

/** What was typed as a proof, if anything; the first field that is not empty. */
export function readProof(form: Form): TypedProof | undefined {
	for (const kind of kinds) {
		const text = fieldText(form, `proof_${kind}`).trim()
		if (text !== '') return { kind, code: new Secret(kind === 'password' ? fieldText(form, `proof_${kind}`) : text) }
	}
	return undefined
}
