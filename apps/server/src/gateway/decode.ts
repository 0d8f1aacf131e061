import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** The codings that are undone where an answer has to be read (RFC 9110 §8.4.1). */
export type Coding = 'gzip' | 'deflate' | 'br'

export function readCoding(text: string): Coding | undefined {
	const name = text.trim().toLowerCase()
	if (name === 'x-gzip') return 'gzip'
	return name === 'gzip' || name === 'deflate' || name === 'br' ? name : undefined
}

export type Decoder = {
	/** False: `onRoom` tells when more may come. */
	write(chunk: Buffer): boolean
	end(): void
	pause(): void
	resume(): void
	destroy(): void
}

type Told = {
	readonly onData: (chunk: Buffer) => void
	readonly onEnd: () => void
	readonly onRoom: () => void
	/** It cannot be read, or is a bomb. */
	readonly onError: (why: 'malformed' | 'bomb') => void
}

/** No honest document shrinks to less than a hundredth; what is smaller than this harms nobody. */
const mostRatio = 100
const harmlessBytes = 1_048_576

/** Undoes one coding, no faster than its result is taken. */
export function createDecoder(coding: Coding, { onData, onEnd, onRoom, onError }: Told): Decoder {
	const stream = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress }[coding]()
	let taken = 0
	let given = 0
	stream.on('data', (chunk: Buffer) => {
		given += chunk.length
		if (given > harmlessBytes && given > taken * mostRatio) {
			stream.destroy()
			onError('bomb')
		} else onData(chunk)
	})
	stream
		.on('end', onEnd)
		.on('drain', onRoom)
		.on('error', () => onError('malformed'))
	return {
		write(chunk) {
			taken += chunk.length
			return stream.write(chunk)
		},
		end: () => void stream.end(),
		pause: () => void stream.pause(),
		resume: () => void stream.resume(),
		destroy: () => void stream.destroy(),
	}
}
