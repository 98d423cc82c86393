// What is looked for in the open transcript, and the line that is shown of it.
class Find {
  words = $state('')
  by = $state('')
  at = $state(-1)

  show(at: number): void {
    this.at = at
    document.querySelector(`[data-line="${at}"]`)?.scrollIntoView?.({ block: 'center' })
  }
}

export const find = new Find()
