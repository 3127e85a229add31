/** A link that carries a set-up. */
export const share = {
  heading: 'For a class',
  what: 'A link carries what is set on this page: model, items, options, studies, dials, question, seed and language. Whoever opens it gets the same; what does not fit is said.',
  left: 'A link does not carry files of your own (models, items, studies, texts): pass these on beside it.',
  hide: 'Do not show',
  parts: {
    device: 'the choice of the device',
    options: 'the options of the test',
    own: 'files of one’s own',
    studies: 'studies of many settings',
    steer: 'Steer',
    monitor: 'Monitor',
  },
  large: 'Large type, for a screen that many look at',
  link: 'Link',
  copy: 'Copy the link',
  copied: 'Copied.',
  notCopied: 'This browser does not allow that; select the link and copy it.',
  here: 'Large type on this screen',
  after:
    'After the test, each saves the file for the class; dropped together onto Results, they show how the scores lie over the machines.',
};
