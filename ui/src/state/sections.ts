// The parts of the settings, in their order, and their names.
import { m } from '../paraglide/messages'
import { SECTIONS, type Section } from './router.svelte'

export { SECTIONS, type Section }

export function sectionNames(): Record<Section, string> {
  return {
    services: m.settings_services(),
    models: m.settings_models(),
    appearance: m.settings_appearance(),
    bin: m.settings_bin(),
    privacy: m.settings_privacy(),
    help: m.settings_help(),
    about: m.settings_about(),
  }
}
