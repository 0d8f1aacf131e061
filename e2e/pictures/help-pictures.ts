import { join } from 'node:path'
import { languages, type Language } from '@postern/vocabulary'
import { root } from '../../scripts/steps/root.ts'
import { journeySteps, type JourneyStep } from '../testing/connect-journey.ts'

export const pictureFolder = join(root, 'apps/web/public/help/wordpress')
export const readmePicture = join(root, 'docs/images/connectors.png')

/** The pages know it, so that text does not jump when a picture arrives. */
export const WIDTH = 900
export const HEIGHT = 560
export const MAX_BYTES = 60_000

/** Taken in WordPress, which speaks English in the tests. */
const inWordPress: readonly JourneyStep[] = ['log-in', 'profile', 'username', 'application-password', 'step-7']

/** The picture of a step for readers of a language, as a path below `pictureFolder`; the English ones stand at its top. */
export function pictureOf(step: JourneyStep, language: Language): string {
	return language === 'en' || inWordPress.includes(step) ? `${step}.webp` : `${language}/${step}.webp`
}

/** Every picture there must be, and no other. */
export const helpPictures: readonly string[] = [
	...new Set(languages.flatMap((language) => journeySteps.map((step) => pictureOf(step, language)))),
]

export type Size = { readonly width: number; readonly height: number }

/** Reads the canvas' size out of a WebP file as browsers write it: extended, with a color profile (RFC 9649 §2.7). */
export function webpSize(file: Buffer): Size {
	const kind = [file.subarray(0, 4), file.subarray(8, 16)].map((part) => part.toString('latin1')).join(' ')
	if (kind !== 'RIFF WEBPVP8X') throw new Error('this is no extended WebP picture')
	return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 }
}

/** Reads the size out of a PNG's first chunk. */
export function pngSize(file: Buffer): Size {
	const isPng = file.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n'
	if (!isPng || file.subarray(12, 16).toString('latin1') !== 'IHDR') throw new Error('this is no PNG')
	return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}
