import { words } from '../i18n/all';
import { capture } from './chart-capture';
import { pictureName, toSvg } from './chart-picture';
import { PageError } from './page-error';
import { saveBlob } from './save';

/** Pixels of a PNG for one of the page: sharp in print and on fine screens. */
const SCALE = 2;

/** What a saved picture says of itself. */
export interface Source {
  title: string;
  model: string;
  /** When it was measured, for people. */
  date: string;
}

/** Saves what elements show as a picture that stands alone. */
export async function saveChart(
  kind: 'svg' | 'png',
  elements: Element[],
  { title, model, date }: Source,
): Promise<void> {
  const [first] = elements;
  if (!first) return;
  const style = getComputedStyle(first);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const { svg, width, height } = toSvg({
    title,
    caption: words.files.picture.source(model, date),
    colours: { ground: colour('--surface'), ink: colour('--ink'), soft: colour('--ink-soft') },
    ...capture(elements),
  });
  const drawing = new Blob([svg], { type: 'image/svg+xml' });
  saveBlob(pictureName(title, model, kind), kind === 'svg' ? drawing : await pixels(drawing, width, height));
}

async function pixels(drawing: Blob, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(drawing);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'));
    if (blob) return blob;
  } catch {
    // What is wrong with it matters less than what can be done.
  } finally {
    URL.revokeObjectURL(url);
  }
  throw new PageError('chart.picture', words.files.picture.noPng);
}
