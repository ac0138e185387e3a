/** Of the slider: from 1:1 to 1:10,000, twenty steps for every ten times as many genuine pictures. */
const stepsPerDecade = 20;
export const lastStep = 4 * stepsPerDecade;

/** Genuine pictures for each fake, in two digits as people say them. */
export function realPerFakeAt(step: number): number {
  return Number((10 ** (step / stepsPerDecade)).toPrecision(2));
}

/** The step whose share of fakes is nearest. */
export function nearestStep(realPerFake: number): number {
  const step = Math.round(stepsPerDecade * Math.log10(Math.max(1, realPerFake)));
  return Math.min(lastStep, Math.max(0, step));
}

/** `1 : 1,000` */
export function showRatio(realPerFake: number): string {
  return `1 : ${realPerFake.toLocaleString("en")}`;
}
