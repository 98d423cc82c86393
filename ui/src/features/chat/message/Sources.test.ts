import { render, screen, within } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import Sources from './Sources.svelte'

describe('sources', () => {
  it('are numbered, named by their titles, and say where they lead', () => {
    render(Sources, {
      citations: [
        { url: 'https://www.rhs.org.uk/vegetables', title: 'Growing in boxes' },
        { url: 'https://example.test/a/page', title: '' },
      ],
    })
    const list = within(screen.getByRole('region', { name: 'Sources' })).getByRole('list')
    const [first, second] = within(list).getAllByRole('listitem')
    const link = within(first!).getByRole('link', { name: 'Growing in boxes' })
    expect(link).toHaveAttribute('href', 'https://www.rhs.org.uk/vegetables')
    expect(first).toHaveTextContent('rhs.org.uk')
    expect(within(second!).getByRole('link'), 'its place, where it has no title').toHaveTextContent(
      'example.test',
    )
  })

  it('that are no web address are told and lead nowhere', () => {
    render(Sources, {
      citations: [
        { url: 'javascript:alert(1)', title: 'Press me' },
        { url: 'page 12 of the manual', title: '' },
      ],
    })
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.getByText('page 12 of the manual')).toBeInTheDocument()
  })
})
