import * as z from 'zod/mini'
import { language, problemCode, rung } from './shapes.ts'

const localized = z.record(language, z.string())

export const connectorType = z.object({
	id: z.string(),
	/** A proper name, the same in every language. */
	name: z.string(),
	description: localized,
	/** The software of its sites; a proper name. */
	platform: z.string(),
	/** What can be done with a connector of this type. */
	can: z.object({
		approve: z.boolean(),
		gateway: z.boolean(),
		rotate: z.boolean(),
		revoke: z.boolean(),
		tryDraft: z.boolean(),
		xmlRpc: z.boolean(),
		listSites: z.boolean(),
		posts: z.boolean(),
	}),
	/** What the rungs of the ladder are called here, where it is not as usual. */
	rungs: z.partialRecord(rung, localized),
	fields: z.array(
		z.object({
			name: z.string(),
			label: localized,
			description: localized,
			placeholder: z.string(),
			kind: z.enum(['address', 'text', 'secret']),
			autocomplete: z.string(),
			/** What it has to look like, where that can be told before anything is sent. */
			shape: z.nullable(z.enum(['wordpress-username', 'wordpress-application-password'])),
			/** Of an empty one. */
			whenEmpty: problemCode,
			/** Those that are about this field. */
			problems: z.array(problemCode),
			/** It is what a connector shows as the username of its account. */
			isUsername: z.boolean(),
		}),
	),
	/** What to do beside the form; `null`: the web app has a guide of its own for the type. */
	guide: z.nullable(z.object({ title: localized, steps: z.array(localized) })),
	/** Path of the help page in the web app. */
	helpPath: z.nullable(z.string()),
})
export type ConnectorTypeDocument = z.output<typeof connectorType>
