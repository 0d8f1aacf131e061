import audit from '../texts/en/audit.json' with { type: 'json' }
import notes from '../texts/en/notes.json' with { type: 'json' }
import presets from '../texts/en/presets.json' with { type: 'json' }
import problems from '../texts/en/problems.json' with { type: 'json' }
import scopes from '../texts/en/scopes.json' with { type: 'json' }
import type { Catalogue } from './catalogue.ts'

export const catalogue: Catalogue = { problems, notes, audit, scopes, presets }
