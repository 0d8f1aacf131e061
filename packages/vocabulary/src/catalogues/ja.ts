import audit from '../texts/ja/audit.json' with { type: 'json' }
import notes from '../texts/ja/notes.json' with { type: 'json' }
import presets from '../texts/ja/presets.json' with { type: 'json' }
import problems from '../texts/ja/problems.json' with { type: 'json' }
import scopes from '../texts/ja/scopes.json' with { type: 'json' }
import type { Catalogue } from './catalogue.ts'

export const catalogue: Catalogue = { problems, notes, audit, scopes, presets }
