import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT, listFiles } from './tree'

const MARKER = /^(<{7} |={7}$|>{7} )/m
const LINK = /\]\(([^)\s]+)\)/g

/** The headings of a document as GitHub makes anchors of them. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )

/** Links of a document that lead nowhere in the repository, and markers that a merge left behind. */
function findProblems(path: string, text: string): string[] {
  const links = [...text.replace(/```[\s\S]*?```/g, '').matchAll(LINK)].map(([, link = '']) => link)
  const broken = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(ROOT, target))) return true
    return (
      anchor !== undefined &&
      target.endsWith('.md') &&
      !anchorsOf(readFileSync(join(ROOT, target), 'utf8')).includes(anchor)
    )
  })
  return [...broken.map((link) => `${path}: ${link}`), ...(MARKER.test(text) ? [`${path}: a merge conflict`] : [])]
}

const documents = listFiles().filter((path) => path.endsWith('.md'))

describe('the documents', () => {
  it('link to files and headings that exist', () => {
    expect(documents.length).toBeGreaterThan(10)
    expect(documents.flatMap((path) => findProblems(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([])
  })

  it('canary: are reported if a file moved, a heading changed or a merge was left unfinished', () => {
    const text = '[a](apps/nowhere.ts) [b](README.md#no-such-heading) [c](#words)\n<<<<<<< HEAD\n'
    expect(findProblems('README.md', text)).toEqual([
      'README.md: apps/nowhere.ts',
      'README.md: README.md#no-such-heading',
      'README.md: a merge conflict',
    ])
  })
})
