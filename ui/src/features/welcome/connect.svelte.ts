// The form that connects a service: what is filled in, how the address will be read, and how connecting goes.
// The key is held only until the engine has it.
import type { Problem } from '../../bindings/Problem'
import type { Service } from '../../bindings/Service'
import { failureOf, host } from '../../host'
import { presetAt, presets } from '../../state/presets'
import { isBlock, takeApart } from './pasted'

export class Connecting {
  preset = $state('modelbox')
  address = $state(addressOf('modelbox'))
  key = $state('')
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  /** What the address will be read as; "" while it cannot be read. */
  readAs = $state('')
  #asked = 0

  /** Whether the address is put right when it is read. */
  get putRight(): boolean {
    return this.readAs !== '' && this.readAs !== this.address.trim()
  }

  choose(id: string) {
    this.preset = id
    this.address = addressOf(id)
    this.problem = null
    void this.read()
  }

  /** The address as typed so far. */
  async typed() {
    this.preset = presetAt(withScheme(this.address))?.id ?? 'other'
    await this.read()
  }

  async read() {
    const asked = ++this.#asked
    let readAs = ''
    try {
      readAs = this.address.trim() && (await host.services.readAddress(this.address))
    } catch {
      // Half an address is no failure: the hint just stays away until it can be read.
    }
    if (asked === this.#asked) this.readAs = readAs
  }

  /** Spreads a pasted block over the fields. Answers whether it was one. */
  paste(text: string): boolean {
    if (!isBlock(text)) return false
    const { address, key } = takeApart(text)
    if (key) this.key = key
    if (address) {
      this.address = address
      void this.typed()
    }
    return true
  }

  /** Null when it failed; `problem` says why. */
  async connect(keyInMemory = false): Promise<Service | null> {
    this.busy = true
    this.problem = null
    const { preset, address, key } = this
    try {
      const service = await host.services.connect({ preset, address, key: key.trim(), keyInMemory })
      this.key = ''
      return service
    } catch (thrown) {
      this.problem = failureOf(thrown).problem
      return null
    } finally {
      this.busy = false
    }
  }
}

function addressOf(id: string): string {
  return presets().find((preset) => preset.id === id)?.address ?? ''
}

function withScheme(address: string): string {
  return /^https?:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`
}
