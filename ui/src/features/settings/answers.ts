// The questions people ask, with where to go for each.
import { m } from '../../paraglide/messages'
import type { Section } from '../../state/router.svelte'

export interface Answer {
  question: string
  answer: string
  /** Where the answer can be acted on. */
  way?: Section | 'connect' | 'keys'
}

export function answers(): Answer[] {
  return [
    { question: m.help_begin(), answer: m.help_begin_answer(), way: 'connect' },
    { question: m.help_key(), answer: m.help_key_answer(), way: 'services' },
    { question: m.help_address(), answer: m.help_address_answer(), way: 'services' },
    { question: m.help_money(), answer: m.help_money_answer(), way: 'services' },
    { question: m.help_model(), answer: m.help_model_answer(), way: 'models' },
    { question: m.help_limit(), answer: m.help_limit_answer() },
    { question: m.help_cut(), answer: m.help_cut_answer() },
    { question: m.help_long(), answer: m.help_long_answer() },
    { question: m.help_offline(), answer: m.help_offline_answer() },
    { question: m.help_vault(), answer: m.help_vault_answer(), way: 'privacy' },
    { question: m.help_learnt(), answer: m.help_learnt_answer(), way: 'services' },
    { question: m.help_deleted(), answer: m.help_deleted_answer(), way: 'bin' },
    { question: m.help_keys(), answer: m.help_keys_answer(), way: 'keys' },
  ]
}
