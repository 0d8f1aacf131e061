import { afterAll, beforeAll, describe } from 'vitest'
import type { Store } from '../store.ts'
import { accessJournalCases, deafStoreCases } from './access-journal-cases.testing.ts'
import { approvalCases } from './approval-cases.testing.ts'
import { auditChainCases } from './audit-chain-cases.testing.ts'
import { auditPageCases } from './audit-page-cases.testing.ts'
import { digestCases } from './digest-cases.testing.ts'
import { gatewayConnectorCases } from './gateway-connector-cases.testing.ts'
import { gatewayMigrationCases } from './gateway-migration-cases.testing.ts'
import { accountRowCases } from './account-row-cases.testing.ts'
import { accountTableCases } from './account-table-cases.testing.ts'
import { authorizeRequestCases } from './authorize-request-cases.testing.ts'
import { applicationPasswordCases } from './application-password-cases.testing.ts'
import { connectorCheckCases } from './connector-check-cases.testing.ts'
import { connectLinkCases } from './connect-link-cases.testing.ts'
import { connectorCases } from './connector-cases.testing.ts'
import { connectorPageCases } from './connector-page-cases.testing.ts'
import { jobCases } from './job-cases.testing.ts'
import { connectorTagCases } from './connector-tag-cases.testing.ts'
import { lookUpCases } from './look-up-cases.testing.ts'
import { numberingCases } from './numbering-cases.testing.ts'
import { openingCases } from './opening-cases.testing.ts'
import { passkeyCases } from './passkey-cases.testing.ts'
import { passwordStorageCases } from './password-storage-cases.testing.ts'
import { rotationCases } from './rotation-cases.testing.ts'
import { installationCases, peopleCases } from './people-cases.testing.ts'
import { type NewPlace, openAt, type TestClock } from './place.testing.ts'
import { auditCases, transactionCases } from './transaction-cases.testing.ts'
import { webhookCases } from './webhook-cases.testing.ts'

/** All that the store promises, whatever it stands on. Each dialect runs them all. */
export function storeCases(newPlace: NewPlace): void {
	openingCases(newPlace)
	installationCases(newPlace)
	accountTableCases(newPlace)
	numberingCases(newPlace)
	passwordStorageCases(newPlace)
	gatewayMigrationCases(newPlace)
	deafStoreCases(newPlace)
	describe('in one store', () => {
		const clock: TestClock = { now: new Date('2026-11-21T12:00:00.123Z') }
		let store: Store
		beforeAll(async () => {
			store = await openAt(await newPlace(), { now: () => clock.now, leaseNow: () => clock.now })
		})
		afterAll(() => store.close())
		const getStore = () => store
		transactionCases(getStore)
		auditCases(getStore, clock)
		accessJournalCases(getStore, clock)
		auditChainCases(getStore)
		auditPageCases(getStore, clock)
		gatewayConnectorCases(getStore, clock)
		peopleCases(getStore, clock)
		accountRowCases(getStore)
		applicationPasswordCases(getStore, clock)
		lookUpCases(getStore)
		jobCases(getStore, clock)
		passkeyCases(getStore, clock)
		authorizeRequestCases(getStore, clock)
		connectorCases(getStore, clock)
		connectorCheckCases(getStore, clock)
		connectorPageCases(getStore, clock)
		approvalCases(getStore, clock)
		rotationCases(getStore, clock)
		connectorTagCases(getStore, clock)
		webhookCases(getStore, clock)
		connectLinkCases(getStore, clock)
		digestCases(getStore, clock)
	})
}
