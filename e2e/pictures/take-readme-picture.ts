import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { connectByProgram, setUpByProgram } from '../testing/founder.ts'
import { goTo, meet, signIn } from '../testing/person.ts'
import { settle } from '../testing/settle.ts'
import { readmePicture } from './help-pictures.ts'
import { openPictureStage, siteTitles, siteUrl, type SiteName } from './picture-stage.ts'

const roles = { garden: 'editor', kitchen: 'author', allotment: 'admin', kyoto: 'editor', workshop: 'author' } as const

/** The list of connectors, as somebody with a few blogs sees it. */
export async function takeReadmePicture(): Promise<void> {
	const stage = await openPictureStage()
	try {
		const founder = await setUpByProgram(stage.postern)
		for (const name of Object.keys(siteTitles) as SiteName[]) {
			const site = { ...stage.site, url: siteUrl(name) }
			await connectByProgram(founder, site, { name: siteTitles[name], role: roles[name] })
		}
		const person = await meet(stage.launched, stage.postern.origin, { viewport: { width: 1280, height: 640 } })
		await signIn(person)
		await goTo(person, 'connectors')
		await person.page.getByRole('row').nth(Object.keys(siteTitles).length).waitFor()
		await settle(person.page)
		await mkdir(dirname(readmePicture), { recursive: true })
		await person.page.screenshot({ path: readmePicture, caret: 'hide' })
	} finally {
		await stage.close()
	}
}
