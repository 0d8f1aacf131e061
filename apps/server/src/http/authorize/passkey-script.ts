/**
 * Asks for a passkey where the page offers to, by the API that the web app uses. The proof renews the session, so the page is
 * opened anew: its form belonged to the old one.
 */
export const passkeyScript = `
for (const button of document.querySelectorAll('button[data-passkey]')) {
	if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue
	button.parentElement.hidden = false
	const status = document.querySelector('[data-passkey-status]')
	const post = async (path, body) => {
		const sent = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
		const answer = await fetch('/api/v1/me/step-up/passkey' + path, { method: 'POST', ...sent })
		if (!answer.ok) throw new Error('refused')
		return answer.json()
	}
	button.addEventListener('click', async () => {
		status.textContent = ''
		button.disabled = true
		try {
			const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post('/options'))
			const credential = await navigator.credentials.get({ publicKey })
			const { id, rawId, type, response } = credential.toJSON()
			const { clientDataJSON, authenticatorData, signature, userHandle } = response
			const answered = { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) }
			await post('', { id, rawId, type, response: answered })
			location.replace(button.form.dataset.here)
		} catch {
			status.textContent = button.dataset.failed
			button.disabled = false
		}
	})
}
`
