/**
 * The heat map's grey levels as colours to lay over a picture: nothing at 0, amber at the middle, deep magenta at 1.
 * Lightness falls as heat rises, so that the order also reads without colour vision.
 */
export function heatColours({ data }: ImageData): void {
  for (let i = 0; i < data.length; i += 4) {
    const heat = data[i]! / 255;
    data[i] = mix(255, 150, heat);
    data[i + 1] = mix(196, 0, heat);
    data[i + 2] = mix(40, 90, heat);
    data[i + 3] = 255 * heat ** 0.7;
  }
}

const mix = (from: number, to: number, share: number) => from + (to - from) * share;
