import { attestFacts } from './actions/facts/attest-facts'
import { attestAction, closeAction, recordAnswer } from './actions/settlement/record-answer'
import { requestAction } from './actions/request/request-action'
import { recordAppealResult } from './appeals/record-appeal-result'
import type { AfterSaleCase } from './case'
import type { Command } from './commands'
import type { Decision } from './decision'
import { eraseBuyer } from './erasure/erase-buyer'
import { fireTimer } from './deadlines/fire-timer'
import { recordObservation } from './reports/record-observation'
import type { TermsOfTrade } from './terms'

/** Decides a command on a case. Total: every command has a result in every state; nothing is thrown. Start reading the model here. */
export function decide(afterSale: AfterSaleCase | undefined, command: Command, terms?: TermsOfTrade): Decision {
  switch (command.type) {
    case 'RecordObservation':
      return recordObservation(afterSale, command, terms)
    case 'FireTimer':
      return fireTimer(afterSale, command, terms)
    case 'RequestAction':
      return requestAction(afterSale, command)
    case 'RecordAnswer':
      return recordAnswer(afterSale, command)
    case 'AttestAction':
      return attestAction(afterSale, command)
    case 'AttestFacts':
      return attestFacts(afterSale, command)
    case 'RecordAppealResult':
      return recordAppealResult(afterSale, command)
    case 'CloseAction':
      return closeAction(afterSale, command)
    case 'EraseBuyer':
      return eraseBuyer(afterSale, command)
  }
}
