import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** `string | number`, the name of another interface, either with `[]`. */
export type Shapes = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The fields of every interface below a folder, as their types are written. */
export function shapesOf(folder: string): Shapes {
  const shapes: Record<string, Record<string, string>> = {}
  for (const part of ['shouHou', 'gongJu', 'xiaoXiFuWu'])
    for (const name of readdirSync(join(folder, part)).filter((file) => file.endsWith('.ts'))) {
      const text = readFileSync(join(folder, part, name), 'utf8')
      const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest)
      for (const statement of source.statements) {
        if (!ts.isInterfaceDeclaration(statement)) continue
        const fields: Record<string, string> = {}
        for (const member of statement.members)
          if (ts.isPropertySignature(member) && member.type !== undefined)
            fields[member.name.getText(source)] = member.type.getText(source)
        shapes[statement.name.text] = fields
      }
    }
  return shapes
}
