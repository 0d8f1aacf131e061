import { useLanguage } from '../texts/use-language.ts'
import { exactTime, relativeTime } from './format-time.ts'
import { useNow } from './use-now.ts'

/** "3 minutes ago", kept right, with the exact time as its title. */
export function RelativeTime({ at }: { readonly at: string }) {
	const language = useLanguage()
	const now = useNow(30_000)
	return (
		<time dateTime={at} title={exactTime(at, language)}>
			{relativeTime(at, now, language)}
		</time>
	)
}
