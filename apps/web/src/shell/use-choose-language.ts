import { contract } from '@postern/api/contract'
import { problemText, type Language } from '@postern/vocabulary'
import i18next from 'i18next'
import { client } from '../api/client.ts'
import { keepMe, useVisitor } from '../api/session.ts'
import { changeLanguage, currentLanguage } from '../texts/language.ts'
import { announce, speak } from '../ui/announcer.tsx'

/** Changes the language; who is signed in finds it again on other devices. */
export function useChooseLanguage(): (language: Language) => Promise<void> {
	const me = useVisitor()
	return async (language) => {
		try {
			await changeLanguage(language)
		} catch {
			announce(problemText('postern/unreachable', {}, currentLanguage()).title, 'failed')
			return
		}
		speak(i18next.t('shell:languageChanged'))
		if (!me) return
		keepMe({ ...me, account: { ...me.account, language } })
		// If it cannot be kept in the account, this browser still remembers it: nothing is lost that is worth a message.
		const answer = await client.call(contract.updateMe, { body: { language } })
		if (answer.ok) keepMe(answer.value)
	}
}
