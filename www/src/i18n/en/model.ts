/** Choosing a model, fetching it, keeping it, and whether it fits the device. */
export const model = {
  heading: 'Model',
  alone: 'Everything is in this one file but a model, which you open from this computer.',
  open: 'Open a model file',
  openOwn: 'Or open a model file of your own',
  openHint: 'Drop a .gguf file here, or press to choose one. It stays on your computer.',
  file: (file: string, size: string, licence: string) => `${file} (${size}, ${licence})`,
  fitting: (files: string[]) =>
    `With ${files.join(' or ')} the self-test has known answers, and there are directions to steer along. Other models of the architectures Llama, Qwen 2 and 3 and Gemma 3 work too, without these.`,
  unnamed: 'the model',
  testFollows: 'The test begins by itself as soon as the model is ready.',
  change: 'Change model',
  runsOn: 'Runs on',
  selfTest: 'Self-test',
  chooseTest: 'Choose a test',
  toTest: 'See the test',
  runOn: 'Run on',
  devices: { auto: 'GPU if it works, else CPU', gpu: 'GPU', cpu: 'CPU' },
  stopped: 'stopped on request',
  /** What went wrong, and that the model that there was is as it was. */
  stays: (message: string, model: string, device: string) =>
    `${message}. ${model} is still loaded and runs on the ${device}.`,

  fetchingList: 'Fetching the list of models…',
  downloaded: (amount: string) => `${amount} downloaded`,
  downloadedForNow: (amount: string) => `${amount} downloaded, kept until this tab is closed`,
  resume: 'Resume',
  cancel: 'Cancel',
  loadAndRun: 'Load the model and run the test',
  load: 'Only load it',
  chooseFitting: (name: string) => `Choose ${name}, which fits`,

  more: (count: number) => `${count} more models`,
  moreIs: (hosts: string[]) =>
    `Their files lie at ${hosts.join(' and ')}, which learns your internet address and which file you fetch, and nothing of what you do with it. Each file is checked to be the one that this list means (by its SHA-256).`,

  card: {
    here: 'kept on this computer, no download needed',
    downloadOnce: 'downloaded once, then kept on this computer',
    downloadEach: 'downloaded on each visit, since this browser cannot keep it',
    size: 'Size on disk',
    licence: 'Licence',
    memory: 'Memory while it runs',
    about: (size: string) => `about ${size}`,
    from: 'Comes from',
    checksum: 'Checksum',
    unverified: 'unverified: the list knows none, so the file is taken as it comes',
    unknown: 'not known',
    verdicts: {
      yes: 'Fits this device',
      no: 'Does not fit here',
      unknown: 'Whether it fits cannot be told',
    },
    verdict: (verdict: unknown, reasons: string[]): unknown[] => [
      verdict,
      reasons.length > 0 ? `: ${reasons.join('; ')}.` : '.',
    ],
    measured: 'What was measured on this device',
    fact: (fact: string) => `${fact}.`,
  },

  download: {
    checking: 'Checking that this device computes correctly',
    goesOn: (what: string) => `${what}…`,
    cancelling: 'cancelling…',
    pausing: 'pausing…',
    pause: 'Pause',
    cancel: 'Cancel',
    ofUnknown: (done: string) => `${done}; the server does not say of how many`,
    of: (done: string, total: string) => `${done} of ${total}`,
    percent: (percent: number) => `${percent}%`,
    silent: (seconds: number) => `nothing has come for ${seconds} seconds`,
    speed: (speed: string) => `${speed}/s`,
    speedAndTime: (speed: string, left: string) => `${speed}/s · ${left} left`,
    notice: (message: string) => `${message}.`,
  },

  stored: {
    summary: (size: string) => `Kept on this computer (${size})`,
    resume: (name: string) => `Resume the download of ${name}`,
    delete: 'Delete',
    deleteOf: (name: string) => `Delete ${name} from this computer`,
    sure: (name: string, size: string) => `Delete ${name}? Its ${size} would have to be downloaded again.`,
    inUse: (change: string) => `loaded now; to delete it, press “${change}” first`,
    deleted: (name: string) => `Deleted: ${name}.`,
    used: (models: string) => `The models take ${models}. How much this browser allows, it does not tell.`,
    usedOf: (models: string, share: string) =>
      `The models take ${models}; with all else it keeps, this page uses ${share} that this browser allows.`,
    lasts: 'This browser keeps them even when the disk gets full.',
    keep: 'Keep them even when the disk gets full',
    refused: 'This browser did not agree. It may once the page is bookmarked or was used more often.',
    mayGo: 'Now the browser may delete them to make room.',
  },

  /** What was measured of the device, and what of it is too little. */
  fit: {
    fileHere: 'its file is here',
    storageUnknown: 'storage: not known yet',
    storageUntold: 'storage: this browser does not tell how much it allows',
    storage: (room: string) => `storage: this browser allows ${room} more here`,
    storageShort: (needed: string, room: string | null) =>
      `it needs ${needed} of storage; this browser allows ${room ?? 'none'} here`,
    gpuUnknown: 'GPU: not known yet',
    gpuUnusable: (why: string) => `no GPU can be used: ${why}`,
    gpuSoftware: 'no GPU can be used: the one here is computed on the CPU',
    gpuNeedUnknown: 'GPU: what the model needs is not known',
    gpuShort: (largest: string, limit: string) =>
      `its largest part takes ${largest}; this GPU allows ${limit} in one piece`,
    gpu: (largest: string, limit: string) =>
      `GPU: allows ${limit} in one piece, the largest takes ${largest}; how much memory it has, no browser tells`,
    cpuNeedUnknown: 'CPU: what the model needs is not known',
    cpuShort: (needed: string, limit: string) =>
      `it needs ${needed} of memory; on the CPU a page has ${limit} at most`,
    cpu: (limit: string) => `CPU: a page has ${limit} of memory at most`,
    parts: (weights: string, cache: string, working: string) =>
      `the model takes ${weights} for weights, ${cache} for keys and values, ${working} to load and work in`,
    memoryUntold: 'memory: this browser does not tell how much this computer has',
    memory: (gigabytes: string) => `memory: this browser speaks of ${gigabytes} GB or more`,
    memoryShort: (gigabytes: string) =>
      `memory: this browser speaks of ${gigabytes} GB or more, which may be too little`,
  },

  /** Why no GPU can be used. */
  noGpu: {
    failed: 'WebGPU failed here',
    noWebGpu: 'this browser has no WebGPU here',
    none: 'WebGPU finds no GPU here',
    noTimestamps: 'the GPU here lacks timestamp queries',
  },
};
