export type { DataKeyRecords, WrappedDataKey } from './data-keys.ts'
