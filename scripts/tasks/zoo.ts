import { availableParallelism } from 'node:os'
import { runZoo, zooTable } from '../zoo/run-zoo.ts'

/** `npm run zoo`: lets `postern doctor` look at every site of the zoo, and prints the table of codes and results. */
export async function run(): Promise<number> {
	const startedAt = performance.now()
	const lines = await runZoo(Math.min(4, availableParallelism()))
	const wrong = lines.filter(({ faults }) => faults.length > 0)
	const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
	process.stdout.write(
		`${zooTable(lines)}\n\n${lines.length - wrong.length} right, ${wrong.length} wrong, ${seconds} s\n`,
	)
	return wrong.length === 0 ? 0 : 1
}
