import { ageProofs } from './age-proofs.ts'
import { addAuthenticator } from './authenticator.ts'
import { button, field } from './person.ts'
import { fill } from './texts.ts'
import type { Visit } from './visit.ts'

/** Leaves a passkey behind, so that signing in has a second step from now on. */
export async function visitPasskeys({ person, stage, onScreen }: Visit): Promise<void> {
	const { account, shell } = person.says
	const { passkeys, twoFactor } = account
	const dialog = person.page.getByRole('dialog')
	await addAuthenticator(person.page)
	await person.page.goto(`${person.origin}/account`)
	await button(person, passkeys.add).click()
	await onScreen('account-passkey-add')
	await field(person, passkeys.name).fill('Laptop')
	await button(person, passkeys.make).click()
	await person.page.getByRole('heading', { name: twoFactor.codesTitle, exact: true }).waitFor()
	await onScreen('account-recovery-codes')
	await button(person, twoFactor.kept).click()
	await person.page.getByRole('row').filter({ hasText: 'Laptop' }).waitFor()
	await onScreen('account-passkeys')
	await button(person, passkeys.add).click()
	await button(person, passkeys.make).click()
	await person.page.getByRole('alert').filter({ hasText: shell.passkey.known }).waitFor()
	await onScreen('account-passkey-known')
	await button(person, shell.cancel).click()
	await button(person, fill(passkeys.removeLabel, { name: 'Laptop' })).click()
	await dialog.getByText(passkeys.removeLast).waitFor()
	await onScreen('account-passkey-remove')
	await ageProofs(stage.postern)
	await dialog.getByRole('button', { name: passkeys.remove, exact: true }).click()
	await dialog.getByRole('button', { name: shell.stepUp.passkey, exact: true }).waitFor()
	await onScreen('step-up-passkey')
	await button(person, shell.stepUp.use['recovery-code']).click()
	await field(person, shell.stepUp['recovery-code']).fill('aaaa-bbbb-cccc-dddd')
	await button(person, shell.stepUp.confirm).click()
	const invalid = field(person, shell.stepUp['recovery-code']).and(person.page.locator('[aria-invalid="true"]'))
	await invalid.waitFor()
	await onScreen('step-up-code-wrong')
	await person.page.reload()
	await person.page.getByRole('row').filter({ hasText: 'Laptop' }).waitFor()
}
