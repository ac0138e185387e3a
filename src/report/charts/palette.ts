/**
 * The report's colours, by role. Charts and text name them as CSS variables, so that a page has them in light and
 * dark; a PNG has the light ones. On their paper all text colours reach WCAG AA (4.5 : 1).
 */
export const palette = {
  paper: { light: "#ffffff", dark: "#15181c" },
  wash: { light: "#f4f6f8", dark: "#1e2328" },
  ink: { light: "#1b2027", dark: "#e7eaee" },
  muted: { light: "#57616d", dark: "#a3adb8" },
  line: { light: "#d4dae1", dark: "#39414a" },
  real: { light: "#0a6a94", dark: "#62bde2" },
  fake: { light: "#b23a17", dark: "#f3936c" },
  raw: { light: "#8250a8", dark: "#c79be8" },
  reencoded: { light: "#1b2027", dark: "#e7eaee" },
  rescaled: { light: "#0b7a66", dark: "#58c9b0" },
  warning: { light: "#7a5200", dark: "#e9bf62" },
  warningWash: { light: "#fff6de", dark: "#2f2816" },
} as const;
export type Colour = keyof typeof palette;

/** `var(--ink)` */
export function colour(name: Colour): string {
  return `var(--${name})`;
}

/** `--ink: #1b2027; …` */
export function declarations(theme: "light" | "dark"): string {
  return Object.entries(palette)
    .map(([name, values]) => `--${name}: ${values[theme]};`)
    .join(" ");
}

/** Every variable replaced by its light value, for renderers that know no CSS variables. */
export function inLight(svg: string): string {
  return svg.replaceAll(/var\(--(\w+)\)/g, (whole, name: string) => palette[name as Colour]?.light ?? whole);
}
