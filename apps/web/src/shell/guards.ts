import { isRedirect, redirect, type ParsedLocation } from '@tanstack/react-router'
import { queryClient } from '../api/query-client.ts'
import { meQuery, statusQuery } from '../api/session.ts'
import { changeLanguage } from '../texts/language.ts'

type Place = { readonly location: Pick<ParsedLocation, 'href'> }

/** Lets members through; sends strangers to sign in, or to set Postern up. */
export async function needSignedIn({ location }: Place): Promise<void> {
	const me = await queryClient.ensureQueryData(meQuery)
	if (me) {
		if (me.account.language) await changeLanguage(me.account.language)
		return
	}
	if (await mayBeSetUp()) throw redirect({ to: '/setup', replace: true })
	throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href }, replace: true })
}

/** Lets strangers through to the sign-in page, once Postern is set up. */
export async function needNobody(): Promise<void> {
	try {
		if (await mayBeSetUp()) throw redirect({ to: '/setup', replace: true })
	} catch (error) {
		// Without an answer the page still opens; signing in will say what is wrong.
		if (isRedirect(error)) throw error
	}
}

/** Lets the first visitor through to set Postern up. */
export async function needSetUp(): Promise<void> {
	if (!(await mayBeSetUp())) throw redirect({ to: '/', replace: true })
}

async function mayBeSetUp(): Promise<boolean> {
	return (await queryClient.ensureQueryData(statusQuery)).setup !== 'closed'
}
