import type { Words } from '..';

export const about: Words['about'] = {
  heading: 'Über Traitscope',
  what: 'Traitscope lässt ein kleines Sprachmodell in dieser Seite laufen und gibt ihm die Aufgaben eines Persönlichkeitstests. Es zeigt, welche Antworten das Modell wahrscheinlicher findet, schiebt das Modell entlang der Richtungen von Merkmalen und liest diese Richtungen mit, während es schreibt; und neben jeder Zahl zeigt es, was der Zufall oder die Art zu fragen ebenso bewirken würde.',
  file: 'Diese Seite als eine Datei',
  fileIs:
    '(12 MB): mit einem Doppelklick geöffnet, auch von einem USB-Stick, ohne Server und ohne Netz. Das Modell ist eine Datei daneben.',
  privacy: 'Datenschutz',
  promises: [
    'Das Modell läuft auf diesem Computer. Was du lädst, schreibst oder misst, wird nirgendwohin geschickt.',
    'Die Seite fragt den Server, von dem sie kommt, nach ihren eigenen Dateien und nach dem Modell, das du wählst, den Server, der es hat; liegt es woanders, steht auf seiner Karte, wo. Keinen anderen Server fragt sie nach irgendetwas. Der Browser setzt das durch: Die Regeln der Seite erlauben ihr keine andere Adresse.',
    'Modelle, Aufgabendateien, die sie auf deinen Wunsch behält, Richtungen, die du bildest oder öffnest, mit den Texten, aus denen sie gebildet sind, laufende Tests und Studien sowie die Ergebnisse der letzten zehn Tests und der letzten zehn Studien bleiben im Speicher dieses Browsers, bis du sie löschst.',
    'Es gibt keine Cookies, keine Konten und keine Zählung der Besuche.',
  ],
  asked: 'Wonach diese Seite gefragt hat',
  sources: 'Quellen',
  of: {
    items: 'Aufgaben mit vier Antworten und wie sie gestellt werden',
    personas: 'Rollen und Reliabilität über viele Arten zu fragen',
    statements: 'Die Aussagen der Inventare',
    pushes: 'Schübe entlang einer Richtung',
    meters: 'Anzeigen eines Merkmals im Residualstrom',
  },
  elsewhere: 'Diese Links führen zu anderen Seiten.',
};
