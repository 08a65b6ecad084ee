import { attestFacts } from './actions/attest-facts'
import { attestAction, closeAction, recordAnswer } from './actions/record-answer'
import { requestAction } from './actions/request-action'
import { recordAppealResult } from './appeals/record-result'
import type { AfterSaleCase } from './case'
import type { Command } from './commands'
import type { Decision } from './decision'
import { noticeDeadline } from './notice-deadline'
import { recordObservation } from './record-observation'
import type { TermsOfTrade } from './terms'

/** The table of contents of the model: every command in every phase has an answer here. */
export function decide(file: AfterSaleCase | undefined, command: Command, terms?: TermsOfTrade): Decision {
  switch (command.type) {
    case 'RecordObservation':
      return recordObservation(file, command, terms)
    case 'NoticeDeadline':
      return noticeDeadline(file, command, terms)
    case 'RequestAction':
      return requestAction(file, command)
    case 'RecordAnswer':
      return recordAnswer(file, command)
    case 'AttestAction':
      return attestAction(file, command)
    case 'AttestFacts':
      return attestFacts(file, command)
    case 'RecordAppealResult':
      return recordAppealResult(file, command)
    case 'CloseAction':
      return closeAction(file, command)
  }
}
