import type { Logger } from 'pino'
import type { Configuration } from './configuration.ts'
import { createCheckOnSchedule, type ScheduledCheckPorts } from './flows/check-on-schedule.ts'
import { connectorCheckHandler } from './jobs/connector-check.ts'
import { webhookDeliverHandler } from './jobs/webhook-deliver.ts'
import { createJobRunner, type JobRunner } from './jobs/job-runner.ts'
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

type JobPorts = Omit<ScheduledCheckPorts, 'random'> & { readonly checksAtOnce: number }

/** What is done because its time has come. */
export function openJobs(ports: JobPorts, logger: Logger): JobRunner {
	return createJobRunner({
		store: ports.store,
		handlers: [
			connectorCheckHandler(createCheckOnSchedule({ ...ports, random: Math.random }), ports.checksAtOnce),
			webhookDeliverHandler(ports),
		],
		now: ports.now,
		onTrouble: ({ code, kind, err }) => logger.error({ code, kind, err }, 'a job was not done; it is tried again'),
	})
}
