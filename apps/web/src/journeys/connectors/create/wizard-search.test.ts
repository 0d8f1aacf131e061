import { expect, it } from 'vitest'
import { readWizardSearch } from './wizard-search.ts'

it('leaves nothing of an odd address: the router lays what is read over it', () => {
	const odd = { type: 7, draft: { id: 1 } }
	expect({ ...odd, ...readWizardSearch(odd) }).toEqual({})
	expect(readWizardSearch({ type: 'wordpress-app', draft: 'con_1' })).toEqual({ type: 'wordpress-app', draft: 'con_1' })
})
