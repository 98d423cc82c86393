// What the clipboard brings to the desk: files as files, words as words.

/** Pasted words of more letters than this are offered as a file. */
export const LONG = 10_000

/** The files of a paste; pictures from a screen have no name of their own. */
export function filesOf(data: DataTransfer | null, unnamed: (kind: string) => string): File[] {
  const files = [...(data?.files ?? [])]
  return files.map((file) => {
    const bare = file.name === '' || /^image\.\w+$/.test(file.name)
    return bare ? new File([file], unnamed(file.type), { type: file.type }) : file
  })
}

/** Whether a paste is a file and not words that a program also offers as a picture of themselves. */
export function bringsFiles(data: DataTransfer | null): boolean {
  return data !== null && data.files.length > 0 && data.getData('text/plain') === ''
}
