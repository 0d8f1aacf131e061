import { chunkPassword } from '@postern/wordpress'
import type { Secret } from '@postern/vocabulary'
import { html } from './html.ts'
import type { AskedFault } from './options.ts'
import type { PageBody } from './page-answer.ts'
import { say, type AuthorizeTexts } from './texts.ts'

/** The only place where the secret is shown, and the only time. */
export function passwordView(
	{ name, secret, dashboardUrl }: { readonly name: string; readonly secret: Secret; readonly dashboardUrl: string },
	{ shown }: AuthorizeTexts,
): PageBody {
	return {
		title: say(shown.title, { name }),
		main: html`<div role="alert" tabindex="-1" data-focus>
				<div class="copy">
					<div>
						<label for="new-application-password-value">${shown.label}</label>
						<input
							class="secret"
							id="new-application-password-value"
							value="${chunkPassword(secret.reveal())}"
							readonly
							autocomplete="off"
							spellcheck="false"
						/>
					</div>
					<button
						type="button"
						class="next"
						hidden
						data-copies="new-application-password-value"
						data-announces="copied"
						data-copied="${shown.copied}"
					>
						${shown.copy}
					</button>
				</div>
				<p class="hint" id="copied" role="status"></p>
				<p class="notice">${shown.warning}</p>
			</div>
			<p><a class="button" href="${dashboardUrl}">${shown.done}</a></p>`,
	}
}

export type Refusal = keyof AuthorizeTexts['refused']

/** Says why nothing was done. `back`: the one link out; none where its target was not proven to be harmless. */
export function refusalView(
	refusal: Refusal,
	{
		faults = [],
		back,
	}: { readonly faults?: readonly AskedFault[]; readonly back?: { readonly href: string; readonly text: string } },
	{ refused }: AuthorizeTexts,
): PageBody {
	const { title, text } = refused[refusal]
	return {
		title,
		main: html`<p>${text}</p>
			${
				faults.length > 0 &&
				html`<ul class="faults">
					${faults.map(({ text: sentence, about }) => html`<li>${sentence} <code>${about}</code></li>`)}
				</ul>`
			}
			${back !== undefined && html`<p><a class="button" href="${back.href}">${back.text}</a></p>`}`,
	}
}
