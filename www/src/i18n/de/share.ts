import type { Words } from '..';

export const share: Words['share'] = {
  heading: 'Für eine Klasse',
  what: 'Ein Link trägt, was auf dieser Seite eingestellt ist: Modell, Aufgaben, Optionen, Studien, Regler, Frage, Startwert und Sprache. Wer ihn öffnet, bekommt dasselbe; was nicht passt, wird gesagt.',
  left: 'Ein Link trägt keine eigenen Dateien (Modelle, Aufgaben, Studien, Texte): Gib sie daneben weiter.',
  hide: 'Nicht zeigen',
  parts: {
    device: 'die Wahl des Geräts',
    options: 'die Optionen des Tests',
    own: 'eigene Dateien',
    studies: 'Studien mit vielen Einstellungen',
    steer: 'Steuern',
    monitor: 'Mitlesen',
  },
  large: 'Große Schrift, für einen Bildschirm, auf den viele schauen',
  link: 'Link',
  copy: 'Link kopieren',
  copied: 'Kopiert.',
  notCopied: 'Dieser Browser erlaubt das nicht; markiere den Link und kopiere ihn.',
  here: 'Große Schrift auf diesem Bildschirm',
  after:
    'Nach dem Test speichert jeder die Datei für die Klasse; zusammen auf Ergebnisse gezogen, zeigen sie, wie die Werte über die Geräte liegen.',
};
