/** Files that are opened or kept, and what is saved as a picture. */
export const files = {
  quoted: (name: string) => `“${name}”`,
  /** An error of one of several files. */
  of: (name: string, message: string) => `${name}: ${message}`,
  /** `names` are quoted; `why` is a clause. */
  leftOut: (names: string, count: number, why: string) =>
    `${names} ${count === 1 ? 'was' : 'were'} not opened, since ${why}. To use another, open it by itself.`,
  oneFileOfItems: 'a test has the items of one file',
  oneModel: 'one model is loaded at a time',
  hidden: (names: string, count: number) =>
    `${names} ${count === 1 ? 'was' : 'were'} not opened: the link that led here leaves such files out. Open the page by its plain address for that`,
  /** Model files that came while something is under way. */
  mustWait: (names: string, count: number, busy: 'run' | 'direction' | 'study' | 'text' | 'loading') => {
    const why = {
      run: 'a test is running',
      direction: 'directions are being made or opened',
      study: 'a study is running',
      text: 'a text is being written',
      loading: 'a model is loading',
    };
    const stop = busy === 'loading' ? 'Cancel that' : 'Stop it';
    const again = count === 1 ? 'the file' : 'one of them';
    return `${names} ${count === 1 ? 'was' : 'were'} not opened, since ${why[busy]}. ${stop} first, then drop ${again} again.`;
  },
  notRead: (name: string) =>
    `“${name}” is of a kind that this page does not read. It reads items from .json, .jsonl, .csv and .parquet files and models from .gguf files.`,
  noItems: 'the items could not be fetched; look whether the page is still served, then reload it',
  noInventory: (id: string) =>
    `the inventory ${id} could not be fetched; look whether the page is still served`,
  noStatements: (id: string) => `${id} holds no statements`,
  keep: 'Keep this file in this browser',
  keepHint: (name: string) => `${name} is then there at the next visit. It stays on this computer.`,
  kept: 'Kept in this browser:',
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  sure: (name: string) => `Remove ${name}? To be asked again, the file has to be opened anew.`,
  yes: 'Yes, remove',
  removed: (name: string) => `Removed: ${name}.`,
  picture: {
    save: (kind: string) => `Save as ${kind}`,
    saveOf: (kind: string, chart: string) => `Save as ${kind}: ${chart}`,
    failed: 'the chart could not be saved; check the connection, then try again',
    noPng: 'this browser could not draw the chart as a PNG; save it as SVG, which holds the same',
    source: (model: string, date: string) => `${model} · ${date} · Traitscope`,
  },
};
