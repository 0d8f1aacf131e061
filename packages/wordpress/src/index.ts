export { readApiRoot, restUrl, type ApiRoot, type RestQuery } from './api-root.ts'
