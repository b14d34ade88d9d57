import { expect, test } from 'vitest'
import { joinFingerprint } from '../../src/target/fingerprint-text.js'
import { aRun, ask, changes, contract, uuid, write, type Ground } from './contract.js'
import { organizations } from './tables.js'

const mapped = 'M'.repeat(22)
const source = (letter: string) => letter.repeat(22)

/** A record for each letter, whose source had 22 of it; of `b` with an id for its enum values. */
async function landSourced(ground: Ground) {
  await ground.target.ledger.prepare()
  const table = await ground.target.readTable(organizations)
  const writes = ['a', 'b', 'c'].map((letter, ordinal) => ({
    ...write(ordinal, letter, {
      fingerprint: joinFingerprint(mapped, source(letter) + (letter === 'b' ? 'enum-one' : '')),
    }),
    record: { id: uuid(ordinal + 1), slug: letter },
  }))
  await ask(ground, (batch) => batch.apply(changes(table, writes)))
  return table
}

contract('what is not looked at again', (ground) => {
  const asked = (...letters: [key: string, letter: string][]) =>
    letters.map(([legacyKey, letter], ordinal) => ({ ordinal, legacyKey, source: source(letter) }))

  test('owners whose source is the same and whose row is there are untouched, with the notes of their enums', async () => {
    const table = await landSourced(ground)
    await ground.database.execute(`delete from organizations where slug = 'c'`)
    const questions = asked(['a', 'a'], ['b', 'b'], ['c', 'c'], ['a', 'x'], ['d', 'd'])
    const ways = [
      await ground.target.inBatch((batch) => batch.untouched('people', table, questions)),
      await ground.target.aside((batch) => batch.untouched('people', table, questions)),
    ]
    for (const { settled, notes } of ways) {
      expect([...settled]).toEqual([0, 1])
      expect([...notes]).toEqual([['enum-one', 1]])
    }
  })

  test('what a record was mapped to is told without its source, and another source where that is asked', async () => {
    const table = await landSourced(ground)
    const entries = [
      { ordinal: 0, legacyKey: 'a', fingerprint: mapped, source: source('a') },
      { ordinal: 1, legacyKey: 'b', fingerprint: mapped, source: source('x') },
      { ordinal: 2, legacyKey: 'c', fingerprint: '', source: undefined },
    ]
    const recall = (renews: boolean) => ask(ground, (batch) => batch.recall('people', table, entries, renews))
    const [plain, renewing] = [await recall(false), await recall(true)]
    for (const { settled, known } of [plain, renewing]) {
      expect([...settled]).toEqual([0, 1])
      expect([...known.keys()]).toEqual([2])
    }
    expect([...plain.renewed]).toEqual([])
    expect([...renewing.renewed]).toEqual([1])
  })

  test('entries get another source, forget theirs, and are listed page by page as long as they have one', async () => {
    const table = await landSourced(ground)
    await ask(ground, async (batch) => {
      await batch.noteFingerprints('people', [
        { legacyKey: 'a', fingerprint: joinFingerprint(mapped, source('z')) },
      ])
      await batch.forgetSources('people', ['b', 'nobody'])
    })
    const questions = asked(['a', 'z'], ['b', 'b'], ['c', 'c'])
    const { settled } = await ask(ground, (batch) => batch.untouched('people', table, questions))
    expect([...settled]).toEqual([0, 2])
    const page = (after: string | null) =>
      ask(ground, (batch) => batch.sourced('people', { after, limit: 1 }))
    expect([await page(null), await page('a'), await page('c')]).toEqual([['a'], ['c'], []])
  })

  test('notes of enum values are kept once', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    for (const text of ['first', 'second'])
      await ask(ground, (batch) => batch.keepEnumNotes('people', new Map([['one', text]])))
    expect(await ledger.enumNotes('people')).toEqual(new Map([['one', 'first']]))
    expect(await ledger.enumNotes('others')).toEqual(new Map())
  })

  test('a short cut is that of the last run of its pipeline, until a run is undone or what it refers to moves', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const kept = { basis: 'b', whole: '{"files":[]}', moved: {} }
    const begin = (...pipelines: string[]) => ledger.beginRun({ ...aRun, pipelines })
    const one = await begin('people', 'places')
    await ledger.keepShortCut('people', one, kept)
    await ledger.keepShortCut('places', one, { ...kept, basis: 'c' })
    const other = await begin('things')
    expect(await ledger.shortCut('people', other, [])).toEqual(kept)
    expect(await ledger.shortCut('places', other, [])).toMatchObject({ basis: 'c' })
    expect(await ledger.shortCut('things', other, [])).toBeUndefined()

    await ask(ground, (batch) => batch.noteMoved({ pipeline: 'places', runId: other }))
    await ask(ground, (batch) => batch.noteMoved({ pipeline: 'places', runId: other }))
    expect(await ledger.moves(other)).toEqual({ places: 2 })
    const third = await begin('other')
    expect(await ledger.shortCut('people', third, ['places'])).toBeUndefined()
    expect(await ledger.shortCut('people', third, ['things'])).toEqual(kept)

    const failed = await begin('people')
    const last = await begin('people')
    expect(await ledger.shortCut('people', failed, [])).toEqual(kept)
    expect(await ledger.shortCut('people', last, [])).toBeUndefined()
  })

  test('what had moved in its own run by then is no reason to look again, what moved afterwards is', async () => {
    const { ledger } = ground.target
    await ledger.prepare()
    const id = await ledger.beginRun({ ...aRun, pipelines: ['people'] })
    const move = () => ask(ground, (batch) => batch.noteMoved({ pipeline: 'places', runId: id }))
    await move()
    await ledger.keepShortCut('people', id, { basis: 'b', whole: null, moved: { places: 1 } })
    const next = await ledger.beginRun({ ...aRun, pipelines: ['people'] })
    expect(await ledger.shortCut('people', next, ['places'])).toMatchObject({ basis: 'b' })
    await move()
    expect(await ledger.shortCut('people', next, ['places'])).toBeUndefined()
  })
})
