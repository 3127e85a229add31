import { plural } from '../../page/format';

/** What stands or is said in several places: what is under way, what numbers are good for, what was asked of servers. */
export const places = {
  strange: (hash: string) => `“${hash}” is no place of this page.`,
  notFetched:
    'this part of the page could not be fetched; look whether the page is still served, then reload it',
  loadFirst: 'Load a model first',
  /** What a part waits for whose place begins with the way to it. */
  waits: {
    model: 'This can be done once a model is loaded.',
    directions: 'This can be done once this model has a direction: make or open one above.',
  },

  underWay: {
    loading: 'Loading the model',
    loadingForTest: 'Loading the model; the test follows',
    checking: 'Checking that the device computes correctly',
    gate: 'Asking factual questions',
    items: 'Asking the items',
    texts: 'Reading the texts',
    study: 'The study is running',
    layer: 'Choosing the layer',
    direction: 'Making a direction',
    opening: 'Opening directions',
    layers: 'Reading the text at every layer',
    steered: 'Writing the steered answer',
    unsteered: 'Writing the plain answer',
  },

  /** For screen readers. */
  announced: {
    underWay: (what: string) => `${what}.`,
    progress: (what: string, percent: number) => `${what}: ${percent} percent.`,
    report: 'The saved results are open, under Results.',
    answers: 'The saved answers are shown, under Test.',
    study: 'The study has ended. Its results are where it was begun.',
    studyFailed: 'The study has failed before there were results. Why stands where it was begun.',
    studyStopped: 'The study has stopped before there were results.',
    text: 'Both answers are written.',
    direction: 'The direction is ready for use.',
    directions: 'The directions of the file are ready for use.',
    layers: 'The text is read at every layer.',
    finished: (items: number) =>
      `The test has finished: ${plural(items, 'item')} done. The scores are under Results.`,
    stopped: (items: number) =>
      `The test has stopped: ${plural(items, 'item')} done. The scores are under Results.`,
    paused: 'The download is paused. What has come is kept.',
    selfTestFailed: 'The device’s self-test has failed.',
    ready: (model: string) => `${model} is ready.`,
  },

  limits: {
    heading: 'What this can and cannot tell you',
    canHeading: 'It can',
    cannotHeading: 'It cannot',
    can: [
      'show which answers this model finds more likely, item by item, with its uncertainty;',
      'show whether a way of reading the answers works at all with this model;',
      'be repeated by anyone: the saved file holds everything it takes.',
    ],
    cannot: [
      'say that a model has a personality: it answers like someone, it is no one;',
      'predict how the model behaves in a conversation;',
      'settle anything with a few items: hold back from claims below 200.',
    ],
    /** The same of a study of many settings. */
    studyCannot: [
      'stand for people: a setting is one way of asking one model, and no respondent;',
      'carry over the meaning that reliability and validity have with people: here a coefficient says how alike the items tell this model’s settings apart;',
      'say what the model is like without an instruction: scores that follow one show that it follows;',
      'speak for other models, or for wordings, orders and languages that were not asked;',
      'say that a model has a personality: it answers like someone, it is no one;',
      'predict how the model behaves in a conversation.',
    ],
  },

  requests: {
    none: 'No request was made.',
    made: (count: number, servers: string[]) =>
      `${plural(count, 'request')} so far, to ${servers.join(' and ')}.`,
    noneSince: 'Since the model was ready: none.',
    since: (count: number) => `Since the model was ready: ${count}.`,
    every: 'Every request',
    time: 'Time',
    asked: 'Asked for',
    came: 'Came',
    fromHere: 'from this computer',
    about:
      'As this browser measured them, workers included; its developer tools (network) show the same. What the browser had kept came from there: it is listed, and asked the network for nothing.',
  },

  examples: {
    mark: 'Recorded example',
    source: (model: string, device: string, machine: unknown, when: string): unknown[] => [
      `${model}, on another computer’s ${device} (`,
      machine,
      `) · ${when}`,
    ],
    report: 'What a test shows',
    steering: 'What a push does',
    steeringHint:
      'The same question, answered twice with the same random numbers: by the model as it is, and pushed along the direction of a trait.',
  },
};
