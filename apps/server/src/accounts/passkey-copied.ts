/** The cause of a refusal that somebody should look at: a counter went back, as that of a copied authenticator does. */
export class PasskeyCopied extends Error {
	readonly accountId: string
	readonly passkeyName: string

	constructor(passkey: { readonly accountId: string; readonly name: string }) {
		super('the counter of a passkey went back')
		this.name = 'PasskeyCopied'
		this.accountId = passkey.accountId
		this.passkeyName = passkey.name
	}
}
