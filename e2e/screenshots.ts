import { parseArgs } from 'node:util'
import { ensureWebBuilt } from '../scripts/steps/web-build.ts'
import { takeHelpPictures } from './pictures/take-help-pictures.ts'
import { takeReadmePicture } from './pictures/take-readme-picture.ts'
import { takeReviewPictures } from './pictures/take-review-pictures.ts'

const { values } = parseArgs({ options: { review: { type: 'string' } } })
ensureWebBuilt()
if (values.review === undefined) {
	await takeHelpPictures()
	await takeReadmePicture()
	ensureWebBuilt() // the pictures are part of the web app
} else await takeReviewPictures(values.review)
