import { Secret } from '@postern/vocabulary'
import type { Surroundings } from '../surroundings.ts'

/** Takes a secret from its variable, or asks for it; never from an argument, which other people on the machine can read. */
export async function takeSecret(
	{ variable, question }: { readonly variable: string; readonly question: string },
	{ environment, terminal }: Surroundings,
): Promise<Secret | undefined> {
	const given = environment[variable]
	const secret = given === undefined || given === '' ? await terminal.askSecret(question) : new Secret(given)
	return secret === undefined || secret.reveal() === '' ? undefined : secret
}
