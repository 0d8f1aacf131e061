import type { ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'

/** Why the section "Application Passwords" may be missing from the profile page, in the order to check. */
export const sectionReasons = ['permalinks', 'plugin', 'role', 'https'] as const
export type SectionReason = (typeof sectionReasons)[number]

export type Verdict = 'applies' | 'excluded' | 'unknown'

export type SectionKnowledge = {
	readonly verdicts: Readonly<Record<SectionReason, Verdict>>
	/** Name of the plugin that is the likely one; empty if none is known. */
	readonly plugin: string
	/** The site itself says that the feature is on. */
	readonly isOn: boolean
}

type KnownSite = Pick<NonNullable<ProblemDocument['site']>, 'url' | 'apiStyle' | 'applicationPasswords' | 'notes'>

/** What looking at the site has already told about each reason. */
export function knowSection(site: KnownSite | undefined, problems: readonly ProblemDocument[]): SectionKnowledge {
	const found = (...codes: ProblemCode[]) => problems.find(({ code }) => codes.includes(code))
	const off = found('application-passwords/off')
	const isOn = site?.applicationPasswords === 'on'
	const plugin = off?.params['plugin']
	return {
		verdicts: {
			permalinks: permalinks(site),
			plugin: off ? 'applies' : excludedIf(isOn),
			role: found('application-passwords/off-for-user', 'site-credential/role-too-low') ? 'applies' : 'unknown',
			https: found('application-passwords/no-https', 'application-passwords/https-not-recognized')
				? 'applies'
				: excludedIf(isOn || site?.url?.startsWith('https:') === true),
		},
		plugin: typeof plugin === 'string' ? plugin : '',
		isOn,
	}
}

function permalinks(site: KnownSite | undefined): Verdict {
	if (site?.notes?.some(({ code }) => code === 'plain-permalinks')) return 'applies'
	return excludedIf(site?.apiStyle === 'path')
}

function excludedIf(isExcluded: boolean): Verdict {
	return isExcluded ? 'excluded' : 'unknown'
}
