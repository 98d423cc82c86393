// The fake's conversations: made-up talks with every kind of content an answer can hold.
import type { Conversation } from '../../bindings/Conversation'
import type { Folder } from '../../bindings/Folder'
import { listed, measured } from './closer'
import { conversation, message, type Talk } from './talk'

const HOUR = 3_600_000

/** Blocks as the engine would send them, where a made-up answer needs more than paragraphs. */
export const RICH: Record<string, string[]> = {
  'roof-2': [
    '<p>Good news: with full sun you can grow almost everything. Only the weight sets a limit, so keep the <strong>deep boxes along the wall</strong>, where the roof is strongest, and shallow ones in the middle.</p>',
    '<h3>What grows well, and how deep</h3>',
    '<div class="table"><table><thead><tr><th>Vegetable</th><th>Depth</th><th>Water a day</th><th>Sow or plant</th></tr></thead><tbody><tr><td>Tomatoes</td><td>35 cm</td><td>2.0 l</td><td>mid May</td></tr><tr><td>Chard, lettuce</td><td>15 cm</td><td>0.6 l</td><td>April to August</td></tr><tr><td>Beans on strings</td><td>25 cm</td><td>1.2 l</td><td>late May</td></tr><tr><td>Strawberries</td><td>20 cm</td><td>0.8 l</td><td>August</td></tr></tbody></table></div>',
    '<h3>How much soil to buy</h3>',
    '<p>Six boxes of 120 by 40 cm need a little over one cubic metre. This counts it for you:</p>',
    '<pre class="code" data-language="python"><code>boxes = 6\nlitres = boxes * 12 * 4 * 3.5  # decimetres\nprint(f"{litres:.0f} litres of soil")</code></pre>',
    '<p>See the <a href="https://www.rhs.org.uk/vegetables/containers">guide to growing in boxes</a> for more.</p>',
  ],
}

type Line = [title: string, question: string, answer: string, hoursAgo: number, part?: Partial<Conversation>]

const LINES: Line[] = [
  [
    'Letters to grandma, in Polish',
    'Please put this into simple Polish.',
    'Kochana Babciu, dziękuję za paczkę!',
    96,
    { pinned: true },
  ],
  [
    'Why is the sky orange tonight?',
    'Why is the sky orange tonight?',
    'Dust from the south scatters the blue away.',
    3,
  ],
  [
    'Household budget formulas',
    'How do I add up the rent?',
    'Put the rent in B2 and copy the line down.',
    20,
  ],
  ['四川菜谱翻译', '请把这份菜谱翻译成英文。', '先把豆瓣酱炒出红油，再放入豆腐。', 23],
  [
    'Audio guide, room 4',
    'Write two minutes about the amber necklace.',
    'The amber necklace was found in a bog.',
    150,
    { folderId: 'museum' },
  ],
  [
    'Labels in plain language',
    'Make this label shorter.',
    'Shorter: “A comb, carved from antler.”',
    200,
    { folderId: 'museum' },
  ],
  ['Train to Ljubljana', 'How do I get there by train?', 'Change in Villach; the views are worth it.', 900],
]

export function sampleFolders(): Folder[] {
  return [{ id: 'museum', name: 'Museum', folded: false, createdAt: Date.now() }]
}

export function sampleTalks(): Talk[] {
  return [roof(), ...LINES.map(short), cv(), measured(), listed()]
}

function roof(): Talk {
  const id = 'roof'
  const question =
    'We have a flat roof, about 4 by 6 metres, full sun, and it may carry 150 kg per square metre. Which vegetables would do well in boxes, how deep must the boxes be, and how much soil should I buy?'
  const asked = { serviceId: 'modelbox', model: 'anthropic/claude-sonnet-4.5', role: 'assistant' as const }
  const messages = [
    message('roof-1', id, { text: question, createdAt: Date.now() - HOUR }),
    message('roof-2', id, {
      ...asked,
      parentId: 'roof-1',
      text: 'Good news: with full sun you can grow almost everything.',
      thoughts: 'The load matters most. Wet soil weighs about 1.4 kg a litre.',
      thoughtMs: 12_000,
      usage: {
        tokensIn: 71,
        tokensOut: 412,
        tokensThought: 120,
        tokensCached: null,
        cost: 0.009,
        about: false,
      },
      firstMs: 900,
      durationMs: 31_000,
      createdAt: Date.now() - HOUR + 60_000,
    }),
  ]
  const row = conversation(id, 'Rooftop vegetable garden', 1, {
    pinned: true,
    head: 'roof-2',
    snippet: 'Start with three deep boxes along the wall.',
  })
  return { conversation: row, messages, draft: '' }
}

function short([title, question, answer, hoursAgo, part]: Line, index: number): Talk {
  const id = `talk-${index}`
  const row = conversation(id, title, hoursAgo, { head: `${id}-2`, snippet: answer, ...part })
  const createdAt = row.updatedAt
  const messages = [
    message(`${id}-1`, id, { text: question, createdAt }),
    message(`${id}-2`, id, {
      parentId: `${id}-1`,
      role: 'assistant',
      serviceId: 'modelbox',
      model: 'openai/gpt-4o-mini',
      text: answer,
      firstMs: 400,
      durationMs: 2300,
      createdAt: createdAt + 4000,
    }),
  ]
  return { conversation: row, messages, draft: '' }
}

function cv(): Talk {
  return {
    conversation: conversation('cv', 'CV for the museum job', 27),
    messages: [],
    draft: 'You have not sent this yet',
  }
}
