import { useEffect, useState } from 'react'
import { useLanguage } from '../texts/use-language.ts'
import { exactTime, relativeTime } from './format-time.ts'

/** "3 minutes ago", kept right, with the exact time as its title. */
export function RelativeTime({ at }: { readonly at: string }) {
	const language = useLanguage()
	const [now, setNow] = useState(() => Date.now())
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 30_000)
		return () => clearInterval(timer)
	}, [])
	return (
		<time dateTime={at} title={exactTime(at, language)}>
			{relativeTime(at, now, language)}
		</time>
	)
}
