import { X509Certificate } from 'node:crypto'
import { certificates } from '@postern/egress/testing/certificates'
import { fail, Secret } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { discover, findXmlRpc, verifyOverXmlRpc, verifySiteCredential } from './index.ts'
import { portsFor } from './zoo/visit.testing.ts'
import { enclose } from './zoo/zoo-server.testing.ts'
import { askAnimal } from './zoo/ask-animal.testing.ts'
import { GROUPED, PASSWORD, USERNAME, wordpress } from './zoo/zoo-wordpress.testing.ts'

const sha256 = new X509Certificate(certificates.selfSigned.cert).fingerprint256.replaceAll(':', '').toLowerCase()

it('shows the certificate that was refused, and goes the whole way once that very one is trusted', async () => {
	const zoo = await enclose(wordpress().animal, certificates.selfSigned)
	const ports = portsFor(zoo)
	const address = `https://blog.example:${zoo.httpsPort}`
	for (const find of [discover, findXmlRpc]) {
		const refused = await find(address, ports)
		expect(refused).toMatchObject({
			diagnosis: { code: 'tls/self-signed', rung: 'secure-connection', certificate: { sha256 } },
		})
		const other = await find(address, { ...ports, pin: 'ab'.repeat(32) })
		expect(other).toMatchObject({ diagnosis: { code: 'tls/pin-mismatch', certificate: { sha256 } } })
	}
	expect(zoo.visits).toEqual([])
	const found = await discover(address, { ...ports, pin: sha256 })
	if (!found.ok) throw new Error(found.diagnosis.code)
	const credential = { username: USERNAME, password: GROUPED }
	expect(await verifySiteCredential(found.value, credential, { ...ports, pin: sha256 })).toMatchObject({ ok: true })
	const visits = zoo.visits.length
	expect(await verifySiteCredential(found.value, credential, ports)).toMatchObject({
		diagnosis: { code: 'tls/self-signed', certificate: { sha256 } },
	})
	expect(await verifyOverXmlRpc(found.value, credential, ports)).toMatchObject({
		diagnosis: { code: 'tls/self-signed', certificate: { sha256 } },
	})
	expect(zoo.visits.length, 'nothing is sent without the pin').toBe(visits)
})

it('T14 a certificate that a site makes out to a secret it has just heard shows nothing of it', async () => {
	const { ask } = askAnimal(wordpress().animal)
	const edge = { username: 'staging', password: new Secret('open sesame') }
	const ports = { ask, clock: () => 1_000, ownOrigins: [], edge }
	const found = await discover('https://blog.example', ports)
	if (!found.ok) throw new Error(found.diagnosis.code)
	const certificate = { sha256, subject: `CN=${PASSWORD}, O=open sesame`, issuer: `CN=${GROUPED}`, validTo: '' }
	const changed: typeof ask = ({ url }) =>
		Promise.resolve(fail('tls/self-signed', { params: { host: url.hostname }, certificate }))
	const credential = { username: USERNAME, password: GROUPED }
	for (const verify of [verifySiteCredential, verifyOverXmlRpc]) {
		const refused = await verify(found.value, credential, { ...ports, ask: changed })
		expect(refused).toMatchObject({
			diagnosis: {
				code: 'tls/self-signed',
				certificate: { sha256, subject: 'CN=[secret], O=[secret]', issuer: 'CN=[secret]' },
			},
		})
	}
})
