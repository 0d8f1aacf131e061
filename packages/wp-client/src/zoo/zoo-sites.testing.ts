import type { ZooSite } from './zoo-site.testing.ts'
import { sitesThatRefuse } from './zoo-sites-credentials.testing.ts'
import { sitesOfTheCatalogue } from './zoo-sites-of-the-catalogue.testing.ts'
import { sitesOnTheWay } from './zoo-sites-on-the-way.testing.ts'
import { sitesThatWork } from './zoo-sites-that-work.testing.ts'

export { specLabels } from './spec-labels.testing.ts'
export { type OpenSite, openSite, type SpecLabel, type ZooSite, zooNames } from './zoo-site.testing.ts'

/** Every row of the specification's zoo, in its order; then rows of its failure catalogue that the zoo does not have. */
export const zooSites: readonly ZooSite[] = [
	...[...sitesThatWork, ...sitesThatRefuse, ...sitesOnTheWay].sort(byNumber),
	...sitesOfTheCatalogue,
]

function byNumber(one: ZooSite, other: ZooSite): number {
	return Number(one.row.slice(1)) - Number(other.row.slice(1))
}

/** The rows that the specification has. */
export const specifiedRows: readonly string[] = [
	1, 2, 3, 5, 6, 7, 8, 10, 12, 13, 15, 16, 17, 18, 20, 22, 23, 25, 26, 27, 28, 29, 31, 33, 34, 35, 37, 38, 39, 40, 41,
	43, 44, 45, 47, 49, 50, 51, 52, 54, 55, 56, 58,
].map((number) => `Z${number}`)
