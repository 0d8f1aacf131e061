import type { Locator, Page } from 'playwright-core'
import type { WordPressSite } from '../../conformance/wordpress/start-wordpress.ts'
import type { SiteRole } from '../../conformance/wordpress/wordpress-options.ts'
import * as wpAdmin from './wp-admin.ts'

// Hands on WordPress's own page for approving an application.

/** Signs in on the login page that stands before it. */
export async function signInToApprove(page: Page, site: WordPressSite, role: SiteRole): Promise<void> {
	await page.getByLabel('Username or Email Address').waitFor()
	await wpAdmin.fillLogin(page, site, role)
	await page.getByRole('button', { name: 'Log In' }).click()
	await yes(page).waitFor()
}

export function yes(page: Page): Locator {
	return page.getByRole('button', { name: /^Yes, I approve of this connection/ })
}

export function no(page: Page): Locator {
	return page.getByRole('button', { name: /^No, I do not approve of this connection/ })
}

/** Shown once, where WordPress does not send the person back. */
export function shownPassword(page: Page): Locator {
	return page.locator('#new-application-password-value')
}

export type ListedPassword = { readonly uuid: string; readonly name: string }

/** What WordPress itself lists for somebody, the oldest first. */
export async function passwordsOf(site: WordPressSite, role: SiteRole): Promise<readonly ListedPassword[]> {
	const answer = await site.runPhp(`
		$user = get_user_by( 'login', '${site.users[role].username}' );
		return array_values( array_map(
			function ( $item ) { return array( 'uuid' => $item['uuid'], 'name' => $item['name'] ); },
			WP_Application_Passwords::get_user_application_passwords( $user->ID )
		) );
	`)
	if (!Array.isArray(answer)) throw new Error(`WordPress listed no passwords: ${JSON.stringify(answer)}`)
	return answer.map((item: Partial<ListedPassword>) => ({ uuid: item.uuid ?? '', name: item.name ?? '' }))
}
