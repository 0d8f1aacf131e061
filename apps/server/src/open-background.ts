import type { Logger } from 'pino'
import type { Configuration, Mailing } from './configuration.ts'
import { createCheckOnSchedule, type ScheduledCheckPorts } from './flows/check-on-schedule.ts'
import { digestJob, type DigestPorts } from './flows/digest/send-digests.ts'
import { connectorCheckHandler } from './jobs/connector-check.ts'
import { digestSendHandler } from './jobs/digest-send.ts'
import { webhookDeliverHandler } from './jobs/webhook-deliver.ts'
import { createJobRunner, type JobRunner } from './jobs/job-runner.ts'
import { openMail } from './open-mail.ts'
import { createProber, type Prober } from './probe/prober.ts'

type Probing = {
	readonly configuration: Configuration
	readonly userAgent: string
	readonly ownOrigins: readonly string[]
}

/** Whoever proves stored connections; its process begins with the first of them. */
export function openProber({ configuration, ...settings }: Probing, logger: Logger): Prober {
	return createProber({
		settings: { ...settings, allowPrivate: configuration.allowPrivateText },
		environment: configuration.trustEnvironment,
		onTrouble: ({ err }, message) => logger.error({ err }, message),
	})
}

type JobPorts = Omit<ScheduledCheckPorts, 'random'> & {
	readonly checksAtOnce: number
	readonly mailing: Mailing | undefined
	/** Ours, for links in e-mails. */
	readonly origin: string
}

/** What is done because its time has come. */
export function openJobs(ports: JobPorts, logger: Logger): JobRunner {
	const digests = openDigests(ports)
	return createJobRunner({
		store: ports.store,
		handlers: [
			connectorCheckHandler(createCheckOnSchedule({ ...ports, random: Math.random }), ports.checksAtOnce),
			webhookDeliverHandler(ports),
			...(digests === undefined ? [] : [digestSendHandler(digests)]),
		],
		now: ports.now,
		onTrouble: ({ code, kind, err }) => logger.error({ code, kind, err }, 'a job was not done; it is tried again'),
	})
}

function openDigests({ mailing, ...ports }: JobPorts): DigestPorts | undefined {
	return mailing && { ...ports, send: openMail(mailing), hour: mailing.digestHour }
}

/** Sees that the daily e-mail is sent where there is a way to send it. */
export function scheduleDigest({ mailing, store, now }: Pick<JobPorts, 'mailing' | 'store' | 'now'>): Promise<void> {
	if (mailing === undefined) return store.jobs.cancel('digest.send', 'daily')
	return store.jobs.enqueue(digestJob({ now, hour: mailing.digestHour }))
}
