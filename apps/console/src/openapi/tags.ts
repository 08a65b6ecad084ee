/** The groups of operations, in the order in which `/docs` shows them. */
export const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['Queue', 'Open cases by urgency, their counts, and the search'],
  ['Cases', 'One case: its state, its events, guidance'],
  ['Actions', 'Acting on cases, at most once, and the tasks that come of it'],
  ['Facts', 'What people know of a case and no marketplace reports'],
  ['Evidence', 'Files that support the merchant in a dispute'],
  ['Appeals', 'Results of appeals, and the budget of a store'],
  ['Stores', 'How fresh their data is, and their terms'],
  ['Strategies', 'Automatic decisions: policies, drafts, trials, arming, verdicts'],
  ['Grants', 'Which account may work on the strategies of which store'],
  ['Messages', 'What the marketplaces sent'],
  ['Quarantine', 'Messages that could not be understood'],
  ['Dead letters', 'Kafka messages that failed'],
  ['Live updates', 'Changes as they happen'],
  ['About', 'The organisation, the glossary, the Kafka events'],
]
