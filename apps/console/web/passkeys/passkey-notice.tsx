import { Alert } from 'antd'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { DeviceProblem } from './device'

/** Why there was no passkey: the device's reason, or the server's. */
export function PasskeyNotice({ error }: { error: unknown }) {
  const { t } = useWords()
  if (error === null) return null
  if (!(error instanceof DeviceProblem)) return <ProblemNotice error={error} />
  return (
    <Alert
      className="problem"
      type="warning"
      showIcon
      title={t(`passkeys.${error.reason}`)}
      description={t(`passkeys.${error.reason}Text`)}
    />
  )
}
