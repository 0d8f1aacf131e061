import type { ProblemDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import { currentLanguage } from '../texts/language.ts'
import { announce } from './announcer.tsx'
import { inOurWords } from './in-our-words.ts'

/** Shows and speaks why an action came to nothing, where no card has its place: in the person's language, never by its code. */
export function announceProblem({ problem }: { readonly problem: ProblemDocument }): void {
	announce(problemText(problem.code, inOurWords(problem.params), currentLanguage()).title, 'failed')
}
