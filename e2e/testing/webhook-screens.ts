import { webhookName } from '../../apps/web/src/journeys/webhooks/webhook-name.ts'
import { arriveAt, button, field, goTo } from './person.ts'
import { fill } from './texts.ts'
import type { Visit } from './visit.ts'

/** Webhooks: none, one that arrives, one that does not, one that is off. The site takes them: its XML-RPC answers any POST. */
export async function visitWebhooks({ person, stage, onScreen }: Visit): Promise<void> {
	const { webhooks, shell } = person.says
	const { page } = person
	const address = `${stage.site.url}/xmlrpc.php`
	const name = webhookName(address)
	const addInDialog = page.getByRole('dialog').getByRole('button', { name: webhooks.dialog.add, exact: true })
	await goTo(person, 'webhooks')
	await page.getByText(webhooks.empty.title).waitFor()
	await onScreen('webhooks-empty')
	await button(person, webhooks.add).click()
	await page.getByRole('dialog').waitFor()
	await onScreen('webhook-add')
	for (const box of await page.getByRole('dialog').getByRole('checkbox').all()) await box.uncheck()
	await addInDialog.click()
	await page.getByText(webhooks.dialog.noEvents).waitFor()
	await onScreen('webhook-add-blank')
	for (const box of await page.getByRole('dialog').getByRole('checkbox').all()) await box.check()
	await field(person, webhooks.dialog.url).fill(address)
	await addInDialog.click()
	await field(person, webhooks.secret.label).waitFor()
	await onScreen('webhook-secret')
	await button(person, webhooks.secret.dismiss).click()
	await button(person, fill(webhooks.testLabel, { name })).click()
	await page.getByText(webhooks.log.states.delivered, { exact: true }).waitFor()
	await onScreen('webhook-delivered')
	await visitFailing({ person, stage, onScreen })
	const choose = async (item: string) => {
		await button(person, fill(webhooks.menu, { name })).click()
		await page.getByRole('menuitem', { name: item, exact: true }).click()
	}
	await button(person, fill(webhooks.menu, { name })).click()
	await page.getByRole('menuitem').first().waitFor()
	await onScreen('webhook-menu')
	await page.keyboard.press('Escape')
	await choose(webhooks.edit)
	await page.getByRole('dialog').waitFor()
	await onScreen('webhook-edit')
	await button(person, shell.cancel).click()
	await choose(webhooks.newSecret.action)
	await page.getByRole('dialog').waitFor()
	await onScreen('webhook-new-secret')
	await button(person, webhooks.newSecret.confirm).click()
	await page.getByText(webhooks.secret.replaced).waitFor()
	await button(person, webhooks.secret.dismiss).click()
	await choose(webhooks.turnOff)
	await button(person, fill(webhooks.turnOnLabel, { name })).waitFor()
	await onScreen('webhook-off')
	await choose(webhooks.delete.action)
	await page.getByRole('dialog').waitFor()
	await onScreen('webhook-delete')
	await button(person, shell.cancel).click()
	await page.goto(person.origin)
	await arriveAt(person, person.says.dashboard.title)
}

/** Its address is a page that the site has not. */
async function visitFailing({ person, stage, onScreen }: Visit): Promise<void> {
	const { webhooks } = person.says
	const { page } = person
	await button(person, webhooks.add).click()
	const address = `${stage.site.url}/wp-json/nobody-takes-this/at/such/a/long/address`
	await field(person, webhooks.dialog.url).fill(address)
	await page.getByRole('dialog').getByRole('button', { name: webhooks.dialog.add, exact: true }).click()
	await button(person, webhooks.secret.dismiss).click()
	await button(person, fill(webhooks.testLabel, { name: webhookName(address) })).click()
	await page.getByText(webhooks.states.failing, { exact: true }).waitFor()
	await onScreen('webhook-failing')
}
