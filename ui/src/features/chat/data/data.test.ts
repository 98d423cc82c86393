import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ResponseFormat } from '../../../bindings/ResponseFormat'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { chat } from '../chat.svelte'
import Side from '../Side.svelte'
import View from '../View.svelte'
import { breakWords } from './breaks'
import { faultWords } from './faults'
import FormOption from './FormOption.svelte'

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  router.welcome = 'shut'
  chat.begin(await begin())
  render(Side)
  render(View)
  const user = userEvent.setup()
  await user.click(within(screen.getByRole('list', { name: 'Conversations' })).getByText('Rivers as data'))
  return user
}

async function axed() {
  const found = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])
}

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
})

describe('an answer as data', () => {
  it('is a table that says where it does not fit', async () => {
    await arrive()
    const table = within(await screen.findByRole('region', { name: 'Table, 3 rows' }))
    expect(table.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
      'Row',
      'name',
      'length',
      'navigable',
    ])
    expect(await table.findByRole('cell', { name: /^777 km/ })).toHaveTextContent(
      'should be a number, is text',
    )
    expect(table.getByRole('table')).toHaveAttribute('aria-rowcount', '4')
    const said = screen.getAllByText('rivers › 2 › length: should be a number, is text')
    expect(said, 'above the table, and in the cell for who cannot see the mark').toHaveLength(2)
    expect(table.getByLabelText('no value'), 'what is not there').toBeInTheDocument()
    expect(await axed()).toEqual([])
  })

  it('is shown otherwise, and copied', async () => {
    const user = await arrive()
    const [first] = await screen.findAllByRole('radiogroup', { name: 'Show as' })
    await user.click(within(first!).getByRole('radio', { name: 'As tree' }))
    await waitFor(() => expect(screen.getAllByRole('tree')).toHaveLength(2))
    await user.click(within(first!).getByRole('radio', { name: 'As text' }))
    await waitFor(() => expect(screen.getAllByRole('tree')).toHaveLength(1))
    await user.click(screen.getAllByRole('button', { name: 'Copy CSV' })[0]!)
    await waitFor(() => expect(fakeStore.copied).toContain('name,length,navigable\r\nLoire,1006,true'))
    expect(screen.getByText(/1 cells look like formulas/)).toBeInTheDocument()
    await user.click(screen.getAllByRole('button', { name: 'Copy JSON' })[0]!)
    await waitFor(() => expect(fakeStore.copied).toMatch(/^\{"rivers"/))
  })

  it('says when it could not be copied, and not “Copied”', async () => {
    const user = await arrive()
    vi.spyOn(host, 'copyText').mockRejectedValueOnce(new Error('no'))
    await user.click((await screen.findAllByRole('button', { name: 'Copy CSV' }))[0]!)
    await waitFor(() => expect(toasts.current).toBeTruthy())
    expect(screen.queryByRole('button', { name: 'Copied' })).toBeNull()
    toasts.next()
  })

  it('is a tree, walked with arrows', async () => {
    const user = await arrive()
    const tree = await screen.findByRole('tree', { name: 'Tree' })
    await waitFor(() => expect(within(tree).getAllByRole('treeitem')).toHaveLength(7))
    tree.focus()
    const active = () => document.getElementById(tree.getAttribute('aria-activedescendant')!)
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(active()).toHaveTextContent('towns')
    expect(active()).toHaveAttribute('aria-expanded', 'true')
    await user.keyboard('{ArrowLeft}')
    expect(active()).toHaveAttribute('aria-expanded', 'false')
    expect(within(tree).queryByText('Nantes')).toBeNull()
    await user.keyboard('{ArrowRight}')
    expect(await within(tree).findByText('Nantes')).toBeInTheDocument()
    await user.keyboard('{ArrowRight}')
    expect(active()).toHaveTextContent('Nantes')
    expect(active()).toHaveAttribute('aria-level', '3')
    await user.keyboard('{ArrowLeft}{Home}')
    expect(active()).toHaveTextContent('The whole')
    await user.keyboard('{End}')
    expect(active()).toHaveTextContent('height 1408')
  })

  it('is asked for again where it does not fit', async () => {
    const user = await arrive()
    const retry = vi.spyOn(host.chat, 'retry')
    const [banner] = await screen.findAllByText('The answer does not fit the form that was asked for:')
    await user.click(
      within(banner!.closest<HTMLElement>('.banner')!).getByRole('button', { name: 'Try again' }),
    )
    expect(retry).toHaveBeenCalledWith('listed-2', expect.anything())
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
  })
})

describe('"Answer as data"', () => {
  const offered = (format: ResponseFormat | null = null) => {
    const onchoose = vi.fn()
    render(FormOption, { format, onchoose })
    return { user: userEvent.setup(), onchoose }
  }

  it('makes a form of fields', async () => {
    const { user, onchoose } = offered()
    await user.click(screen.getByRole('radio', { name: 'My own form' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Form of the answer' }))
    const use = dialog.getByRole('button', { name: 'Use this form' })
    expect(dialog.getByRole('status')).toHaveTextContent('Each field needs a name.')
    expect(use).toBeDisabled()
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'river')
    await user.click(dialog.getByRole('button', { name: 'Add a field' }))
    await user.type(dialog.getAllByRole('textbox', { name: 'Name' })[1]!, 'length')
    await user.click(dialog.getAllByRole('combobox', { name: 'Kind' })[1]!)
    await user.click(await screen.findByRole('option', { name: 'Number' }))
    await waitFor(() => expect(dialog.getByRole('status')).toHaveTextContent('This form can be used.'))
    expect(await axed()).toEqual([])
    await user.click(use)
    await waitFor(() => expect(onchoose).toHaveBeenCalled())
    const [format] = onchoose.mock.calls[0] as [Extract<ResponseFormat, { kind: 'json_schema' }>]
    expect(format).toMatchObject({ kind: 'json_schema', name: 'answer', strict: true })
    const record = { properties: { river: { type: 'string' }, length: { type: 'number' } } }
    expect(JSON.parse(format.schema)).toMatchObject({ properties: { items: { items: record } } })
  })

  it('stays what it is when the form is left, and what was typed there is there again', async () => {
    const { user, onchoose } = offered()
    await user.click(screen.getByRole('radio', { name: 'My own form' }))
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'river')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByRole('radio', { name: 'Words' })).toBeChecked()
    expect(onchoose).not.toHaveBeenCalled()
    await user.click(screen.getByRole('radio', { name: 'My own form' }))
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('river')
  })

  it('checks a pasted schema while it is typed, also one of a megabyte', async () => {
    const { user, onchoose } = offered({
      kind: 'json_schema',
      name: 'a',
      description: '',
      schema: '{"minimum":1}',
      strict: false,
    })
    await user.click(screen.getByRole('button', { name: 'Change the form' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Form of the answer' }))
    const text = dialog.getByRole('textbox', { name: 'JSON Schema' })
    expect(text, 'what no fields can show is shown as JSON').toHaveValue('{"minimum":1}')
    await user.clear(text)
    await user.paste('{"$ref": "http://example.test/"}')
    await waitFor(() => expect(dialog.getByRole('status')).toHaveTextContent('Medley fetches nothing'))
    await user.clear(text)
    await user.paste('x'.repeat(1 << 20))
    await waitFor(() => expect(dialog.getByRole('status')).toHaveTextContent('longer than 131.1 kB'))
    expect(dialog.getByRole('button', { name: 'Use this form' })).toBeDisabled()
    expect(onchoose).not.toHaveBeenCalled()
  })

  it('says what the form is called, what it is for, and how strictly it holds', async () => {
    const format = { kind: 'json_schema' as const, name: 'a', description: '', schema: '{}', strict: true }
    const { user, onchoose } = offered({ ...format, schema: '{"minimum":1}' })
    await user.click(screen.getByRole('button', { name: 'Change the form' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Form of the answer' }))
    const use = dialog.getByRole('button', { name: 'Use this form' })
    await user.click(dialog.getByRole('switch', { name: /^The service holds the model to it/ }))
    const called = dialog.getByRole('textbox', { name: 'Called' })
    expect(called).toHaveValue('a')
    await user.clear(called)
    await user.type(called, 'two words')
    expect(called).toHaveAccessibleDescription(/Only letters, digits/)
    expect(use).toBeDisabled()
    await user.clear(called)
    await user.type(called, 'rivers_of-Europe')
    await user.type(dialog.getByRole('textbox', { name: 'What it is for' }), ' Rivers. ')
    await user.click(use)
    await waitFor(() =>
      expect(onchoose).toHaveBeenCalledWith({
        ...format,
        ...{ name: 'rivers_of-Europe', description: 'Rivers.', schema: '{"minimum":1}', strict: false },
      }),
    )
  })

  it.each([
    ['Words', { kind: 'json_object' as const }, null],
    ['Any JSON', null, { kind: 'json_object' }],
  ])('is %s', async (name, format, chosen) => {
    const { user, onchoose } = offered(format)
    await user.click(screen.getByRole('radio', { name }))
    expect(onchoose).toHaveBeenCalledWith(chosen)
  })
})

describe('words', () => {
  it('say each break plainly', () => {
    const said = (rule: Parameters<typeof breakWords>[0]['rule']) =>
      breakWords({ at: ['items', 2, 'price'], rule })
    expect(said({ kind: 'type', wanted: ['integer', 'null'], is: 'text' })).toBe(
      'items › 3 › price: should be a whole number or nothing, is text',
    )
    expect(said({ kind: 'limit', of: 'value', below: true, limit: '0', excluded: true })).toContain(
      'more than 0',
    )
    expect(said({ kind: 'limit', of: 'entries', below: false, limit: '3', excluded: false })).toContain(
      'at most 3 entries',
    )
    expect(breakWords({ at: [], rule: { kind: 'missing', name: 'items' } })).toBe(
      'The whole: “items” is missing',
    )
  })

  it('say each fault plainly', () => {
    expect(faultWords({ kind: 'wrong', at: ['properties', 'a', 'type'], is: '"numbr"' })).toBe(
      'properties › a › type: "numbr" is not allowed in a schema.',
    )
    expect(faultWords({ kind: 'no_object' })).toBe('A schema begins with “{”.')
  })
})
