import type { Scene } from "../scene.ts";
import type { Sheet } from "../sheet.ts";
import { codeSection } from "./code.ts";
import { extraSections } from "./extras.ts";
import { outcomeSection } from "./outcome.ts";
import { partySections } from "./parties.ts";
import { rowsSection } from "./rows.ts";
import { sectionTools } from "./section.ts";

export type { Section } from "./section.ts";

/** All that a layout can be made of. `ground`: colour of the page or the paper on which sections without card stand. */
export function sectionsOf(scene: Scene, sheet: Sheet, ground: string) {
  const tools = sectionTools(scene, sheet, ground);
  return {
    outcome: outcomeSection(tools),
    ...partySections(tools),
    rows: rowsSection(tools),
    qr: codeSection(tools),
    ...extraSections(tools),
  };
}
