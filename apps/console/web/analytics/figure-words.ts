import type { FigureMember, MetricDefinition } from '../api/schema'
import { yuanText } from '../components/yuan'
import { useWords } from '../i18n/use-words'

type Unit = MetricDefinition['unit']

/** How figures and values of dimensions are shown. */
export function useFigureWords() {
  const { span, language, nameOfCode, marketplace } = useWords()
  const figure = (value: number, unit: Unit): string => {
    switch (unit) {
      case 'fen':
        return yuanText(Math.round(value)) ?? ''
      case 'share':
        return `${(value * 100).toFixed(1)}%`
      case 'ms':
        return value === 0 ? '0' : span(value, true)
      default:
        return Number(value.toFixed(1)).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-US')
    }
  }
  const member = (dimension: string, { value, name }: FigureMember): string => {
    if (name !== null) return name
    const section = SECTIONS[dimension]
    if (dimension === 'marketplace') return marketplace(value)
    return section === undefined ? value : nameOfCode(section, value)
  }
  return { figure, member }
}

/** Dimensions whose values are codes of the glossary. */
const SECTIONS: Readonly<Record<string, string>> = {
  kind: 'kinds',
  outcome: 'outcomes',
  action: 'actions',
  deadline: 'deadlines',
}
