export const about = {
  heading: 'About',
  what: 'Traitscope runs a small language model inside this page and gives it the items of a personality test. It shows which answers the model finds more likely, pushes the model along directions of traits, and reads those directions while it writes; and it shows beside each number what chance or the way of asking would do as well.',
  file: 'This page as one file',
  fileIs:
    '(12 MB): opened by a double click, from a USB stick too, without a server or a network. The model is a file beside it.',
  privacy: 'Privacy',
  promises: [
    'The model runs on this computer. What you load, type or measure is not sent anywhere.',
    'The page asks the server that it came from for its own files, and for the model that you choose the server that has it; the card says which, where it is another. It asks no other server for anything. The browser enforces that: the page’s policy allows it no other address.',
    'Models, item files that you ask it to keep, directions that you make or open with the texts that they are made of, tests and studies under way, and the results of the last ten tests and the last ten studies, stay in this browser’s storage until you delete them.',
    'There are no cookies, no accounts and no counting of visits.',
  ],
  asked: 'What this page asked for',
  sources: 'Sources',
  of: {
    items: 'Items of four answers, and how they are asked',
    personas: 'Personas and reliability over many ways of asking',
    statements: 'The statements of the inventories',
    pushes: 'Pushes along a direction',
    meters: 'Meters of a trait in the residual stream',
  },
  elsewhere: 'These links lead to other sites.',
};
