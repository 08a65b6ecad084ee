import { resolve } from 'node:path'
import { placesOf } from './catalogue'
import { isOpen, ruleRows, unknownRulesIn } from './rule-table'
import { tableOf } from './format-table'

const places = placesOf(resolve(__dirname, '../../..'))
const rows = ruleRows(places)
const strangers = unknownRulesIn(places)
process.stdout.write(`${tableOf(rows)}\n`)
if (strangers.length > 0) process.stdout.write(`not in the catalogue: ${strangers.join(', ')}\n`)
if (strangers.length > 0 || rows.some(isOpen)) process.exitCode = 1
