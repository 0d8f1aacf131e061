import { portsOf } from '@postern/egress'
import { problems } from '@postern/vocabulary'
import type { RungEvent } from '@postern/wp-client'
import cli from '../../package.json' with { type: 'json' }
import type { Surroundings } from '../surroundings.ts'
import { exitStatus } from '../exit-status.ts'
import type { DoctorArguments } from './arguments.ts'
import { examineSite } from './examine-site.ts'
import { jsonReport } from './json-report.ts'
import { readDoctorOptions } from './options.ts'
import { rungLine, textReport } from './text-report.ts'

/** Climbs the ladder to one site and says what it found; gives the exit status by who can put it right. */
export async function doctor(given: DoctorArguments, surroundings: Surroundings): Promise<number> {
	const { terminal, openEgress } = surroundings
	const read = await readDoctorOptions(given, surroundings)
	if (!read.ok) {
		terminal.complain(read.reason)
		return read.status
	}
	const { allow, language, isJson, userAgent = `Postern/${cli.version} (self-hosted)`, ...asked } = read.value
	const egress = openEgress({ allow, userAgent })
	const sayRung = (event: RungEvent): void => {
		const line = rungLine(event, language)
		if (line !== undefined) terminal.say(line)
	}
	try {
		const found = await examineSite(asked, {
			ask: egress.ask,
			extraPorts: portsOf(allow),
			...(isJson ? {} : { onRung: sayRung }),
		})
		terminal.say(isJson ? JSON.stringify(jsonReport(found, language), null, '\t') : textReport(found, language))
		return found.diagnosis === undefined ? 0 : exitStatus[problems[found.diagnosis.code].fixedBy]
	} finally {
		await egress.close()
	}
}
