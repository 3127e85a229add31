import type { Words } from '..';

export const bundled: Words['bundled'] = {
  'Quick test': 'Kurzer Test',
  "Five everyday situations for each of eight traits, with the answers read in both ways. A first look at which way a model's answers lean; five items a trait are too few for a claim.":
    'Fünf Situationen aus dem Alltag für jedes von acht Merkmalen, auf beide Arten ausgelesen. Ein erster Blick darauf, wohin die Antworten eines Modells neigen; fünf Aufgaben je Merkmal sind zu wenig für eine Behauptung.',
  'Full test': 'Ganzer Test',
  'All 200 situations, each in two wordings, and the letters under three templates. Gives every trait a score with its interval, and tells how often an answer changes when only the wording does.':
    'Alle 200 Situationen, jede in zwei Formulierungen, die Buchstaben mit drei Vorlagen. Gibt jedem Merkmal einen Wert mit seinem Intervall und sagt, wie oft sich eine Antwort ändert, wenn sich nur der Wortlaut ändert.',
  'Reliability of the full test': 'Zuverlässigkeit des ganzen Tests',
  'All 200 situations in two wordings, under three templates, with the four options in every order; a read-out that fails the factual questions is asked all the same, to see how it fails. Shows whether a model goes by what an option says or by where it stands.':
    'Alle 200 Situationen in zwei Formulierungen, mit drei Vorlagen und den vier Antworten in jeder Reihenfolge; auch eine Auslesung, die an den Sachfragen scheitert, wird gefragt, um zu sehen, wie sie scheitert. Zeigt, ob ein Modell danach geht, was eine Antwort sagt, oder danach, wo sie steht.',
  'The model rates 120 short statements about itself, 24 for each of the Big Five. Gives a mean for each domain and facet, and tells how far it agrees with statements whatever they say.':
    'Das Modell bewertet 120 kurze Aussagen über sich selbst, 24 zu jedem der Big Five. Gibt jedem Bereich und jeder Facette einen Mittelwert und sagt, wie weit es Aussagen zustimmt, gleich was sie sagen.',
  'Shaping ladder': 'Leiter der Persönlichkeit',
  'For each of the Big Five the model is told in nine steps what it is like, from extremely low on the trait through neither to extremely high. Shows whether its answers climb with the words, and whether the other traits stay where they are.':
    'Zu jedem der Big Five wird dem Modell in neun Stufen gesagt, wie es ist, von äußerst niedrig über weder noch bis äußerst hoch. Zeigt, ob seine Antworten mit den Worten steigen und ob die anderen Merkmale bleiben, wo sie sind.',
  'Grid of settings': 'Gitter der Einstellungen',
  'The same 20 statements are rated under 50 of 2,500 ways of asking: five frames, five wordings of the request, ten languages, five kinds of label and two orders of the answers. Shows how much of a score is due to the way of asking.':
    'Dieselben 20 Aussagen werden unter 50 von 2.500 Arten zu fragen bewertet: fünf Rahmen, fünf Formulierungen der Bitte, zehn Sprachen, fünf Arten von Zeichen und zwei Reihenfolgen der Antworten. Zeigt, wie viel eines Werts von der Art zu fragen kommt.',
  'Reliability over profiles': 'Zuverlässigkeit über Lebensläufe',
  'The model is given short biographies, which tell facts of a life and name no trait, and answers two tests under 40 of 1,250 combinations of biography and wording: situations, and statements to rate. Shows whether the items of a trait go together over such profiles, and whether the two tests agree.':
    'Das Modell bekommt kurze Lebensläufe, die Tatsachen erzählen und kein Merkmal nennen, und beantwortet unter 40 von 1.250 Verbindungen von Lebenslauf und Wortlaut zwei Tests: Situationen und Aussagen zum Bewerten. Zeigt, ob die Aufgaben eines Merkmals über solche Profile zusammengehen und ob die beiden Tests übereinstimmen.',

  level: 'Stufe',
  frame: 'Rahmen',
  instruction: 'Anweisung',
  language: 'Sprache',
  labels: 'Zeichen',
  order: 'Reihenfolge',
  biography: 'Lebenslauf',

  plain: 'schlicht',
  'statement first': 'Aussage zuerst',
  questionnaire: 'Fragebogen',
  'answers first': 'Antworten zuerst',
  'by telephone': 'am Telefon',
  describes: 'beschreibt',
  fits: 'passt',
  'is true': 'stimmt',
  matches: 'trifft zu',
  'would say': 'würdest du sagen',
  upper: 'große Buchstaben',
  lower: 'kleine Buchstaben',
  digits: 'Ziffern',
  roman: 'römische Zahlen',
  'lower-roman': 'kleine römische Zahlen',
  forward: 'vorwärts',
  reversed: 'rückwärts',
  'as you are': 'wie du bist',
  nearest: 'am nächsten',
  'most like you': 'am ähnlichsten',
  'what is true': 'was stimmt',
  'your own life': 'dein eigenes Leben',
  entry: 'Eintrag',
  'request first': 'Bitte zuerst',
  'read aloud': 'vorgelesen',
  form: 'Formular',
  explained: 'erklärt',
};
