import type { Page } from 'playwright-core'

export type TestAuthenticator = {
	/** How many passkeys it holds. */
	count(): Promise<number>
	/** From now on it does, or does not, recognize its owner. */
	setVerified(isVerified: boolean): Promise<void>
}

/** Gives the page's browser a device like a phone with a fingerprint reader; its owner always says yes. */
export async function addAuthenticator(page: Page): Promise<TestAuthenticator> {
	const cdp = await page.context().newCDPSession(page)
	await cdp.send('WebAuthn.enable')
	const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	})
	return {
		count: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
		setVerified: (isUserVerified) =>
			cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => {}),
	}
}
