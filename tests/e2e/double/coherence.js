// Texts of the double under doses: they fall apart below -0.2 and above 0.3.

export async function coherence({ arm, prompts }, onProgress, control, step) {
  const doses = [0, ...arm.doses.filter(dose => dose !== 0)].sort((a, b) => Math.abs(a) - Math.abs(b));
  const total = doses.length * prompts.length;
  const written = [];
  let done = 0;
  for (const dose of doses) {
    const texts = [];
    for (const prompt of prompts) {
      await step();
      if (control.cancelled) break;
      const text = ` text under ${dose}`;
      texts.push({ prompt, text, tokens: 4, log_prob: -2 - Math.abs(dose), repeated: 0.1 });
      done += 1;
      onProgress({ phase: 'texts', done, total });
    }
    if (control.cancelled) break;
    written.push({ dose, texts });
  }
  written.sort((a, b) => a.dose - b.dose);
  const judged = written.map(({ dose }) => ({
    dose,
    log_prob: { value: -2 - Math.abs(dose), low: null, high: null },
    repeated: 0.1,
    packing: 1.5,
    coherent: dose >= -0.2 && dose <= 0.3,
  }));
  const held = judged.filter(({ coherent }) => coherent).map(({ dose }) => dose);
  return {
    doses: judged,
    usable: held.length > 0 ? [Math.min(...held), Math.max(...held)] : [0, 0],
    texts: written.map(({ texts }) => texts),
    cancelled: control.cancelled,
  };
}
