import { mix } from "./colour.ts";
import { paintLogo } from "./logo.ts";
import { showClock } from "./record.ts";
import type { Scene } from "./scene.ts";
import { type Section, sectionsOf } from "./sections/index.ts";
import { fillDisc, fillPaper, fillRounded, paintPattern, strokeLine } from "./shapes.ts";
import type { Sheet } from "./sheet.ts";
import { paintStatusBar, statusBarHeight } from "./statusBar.ts";
import { paintWash, washColours } from "./wash.ts";

/** Draws the shapes of the whole screen from the top down and gathers its texts and fields. */
export function paintSlip(sheet: Sheet, scene: Scene): void {
  const { bank, layout, palette, record, device, width, height, dp } = scene;
  const { context } = sheet;
  const inset = layout.card.inset * dp;
  const barHeight = statusBarHeight(device);
  const hero = layout.header === "hero";
  const coloured = hero || layout.header === "band" || layout.header === "gradient";
  const headerGround = coloured ? palette.brand : palette.page;
  const headerInk = coloured ? palette.onBrand : palette.text;
  const titleHeight = layout.header === "centred" ? 52 : 44;
  const bandHeight = (barHeight + titleHeight) * dp;
  const paper = layout.sheet === "receipt";
  // A paper that begins below the hero, or holds all: then the page behind it may be ornamented.
  const ground = paper ? palette.card : palette.page;
  // Brand colours are dark: at night the amount is in the text's own.
  const amountInk = layout.amountIn === "brand" && device.theme === "light" ? palette.brand : palette.text;
  const sections = sectionsOf(scene, sheet, ground);
  const heroOutcome = sections.outcome({
    left: true,
    ink: palette.onBrand,
    muted: mix(palette.brand, palette.onBrand, 0.82),
    behind: palette.brand,
  });
  const heroHeight = hero ? heroOutcome.height * dp + 14 * dp : 0;

  paintGrounds();
  if (layout.wash !== undefined)
    paintWash(context, { x: 0, y: 0, width, height }, layout.wash, { ...washColours(palette), radius: 0, dp });
  paintStatusBar(sheet, {
    device,
    signals: scene.signals,
    clock: showClock(record.captured),
    colour: headerInk,
    width,
    dp,
  });
  paintTitleBar();
  if (hero) heroOutcome.paint(bandHeight, heroOutcome.height * dp, dp);
  const footHeight = (48 + (device.navigation === "none" ? 8 : device.navigation === "buttons" ? 44 : 26)) * dp;
  flow(bandHeight + heroHeight + (paper ? 6 : 10) * dp, height - footHeight);
  paintButtons();
  paintNavigation();

  /** Stacks the sections: squeezed where they are too many, stretched a little where there is room. */
  function flow(top: number, bottom: number): void {
    const list: Section[] = layout.sections
      .filter((name) => !(hero && name === "outcome"))
      .flatMap((name) => {
        if (name === "outcome")
          return [sections.outcome({ left: false, ink: amountInk, muted: palette.muted, behind: ground })];
        if (name === "parties")
          return layout.parties === "joined"
            ? [sections.joined]
            : [sections.party("sender"), sections.party("recipient")];
        return name === "rows" ? [sections.rows(layout.order)] : name === "note" ? [sections.note] : [sections.qr];
      });
    if (layout.steps) list.splice(layout.sections[0] === "outcome" && !hero ? 1 : 0, 0, sections.steps);
    if (layout.footer !== undefined) list.push(sections.footer);
    if (scene.promo !== undefined && !paper) list.push(sections.promo);
    const frame = paper ? 30 : 0;
    const gap = paper ? 6 : 9;
    const natural = () => list.reduce((sum, section) => sum + section.height + gap, frame);
    const available = (bottom - top) / dp;
    for (const rank of [0, 1, 2])
      if (natural() > available) list.splice(0, list.length, ...list.filter(({ dispensable }) => dispensable !== rank));
    const squeeze = Math.min(1, available / natural());
    const unit = dp * squeeze;
    const spare = Math.max(0, available - natural());
    const wish = list.reduce((sum, { height: own, stretch = 1 }) => sum + own * (stretch - 1), 0);
    const share = wish === 0 ? 0 : Math.min(1, (0.7 * spare) / wish);
    const grown = ({ height: own, stretch = 1 }: Section) => own * (1 + share * (stretch - 1));
    // Cards stand a little further apart on a long screen; the rest of it stays empty, as in life.
    const rest = spare - share * wish;
    const between = gap + Math.min(9, rest / (list.length + 2));
    const total = list.reduce((sum, section) => sum + grown(section) + between, frame);
    if (paper)
      fillPaper(
        context,
        { x: inset, y: top, width: width - 2 * inset, height: total * unit },
        { edge: layout.edge, radius: layout.card.radius * dp, tooth: 12 * dp },
        palette.card,
      );
    if (paper && layout.wash?.cards)
      paintWash(context, { x: inset, y: top, width: width - 2 * inset, height: total * unit - 12 * dp }, layout.wash, {
        ...washColours(palette),
        radius: layout.card.radius * dp,
        dp,
      });
    let y = top + ((paper ? 12 : 0) + Math.min(14, 0.15 * rest)) * unit;
    if (paper) y = top + 12 * unit;
    for (const section of list) {
      section.paint(Math.round(y), Math.round(grown(section) * unit), unit);
      y += (grown(section) + between) * unit;
    }
  }

  function paintGrounds(): void {
    context.fillStyle = palette.page;
    context.fillRect(0, 0, width, height);
    const { pattern } = layout;
    if (pattern === "watermark")
      paintLogo(context, bank.logo, {
        x: width * 0.55,
        y: height - width * 0.62,
        side: width * 0.6,
        ink: mix(palette.page, palette.brand, 0.06),
        ground: palette.page,
      });
    // Only behind papers: a field on the page itself stands on one colour.
    else if (pattern !== "none" && paper)
      paintPattern(
        context,
        { x: 0, y: coloured ? bandHeight : 0, width, height },
        { pattern, ground: palette.page, ink: palette.brand, dp },
      );
    if (!coloured) return;
    const bottom = Math.round(bandHeight + heroHeight);
    if (layout.header === "gradient") {
      const gradient = context.createLinearGradient(0, 0, width, bottom);
      gradient.addColorStop(0, palette.brand);
      gradient.addColorStop(1, mix(palette.brand, palette.accent, 0.6));
      context.fillStyle = gradient;
      context.fillRect(0, 0, width, bottom);
      return;
    }
    context.fillStyle = palette.brand;
    context.fillRect(0, 0, width, bottom);
    if (!hero && pattern !== "none" && pattern !== "watermark")
      paintPattern(
        context,
        { x: 0.5 * width, y: 0, width: 0.5 * width, height: bottom },
        { pattern, ground: palette.brand, ink: palette.onBrand, dp },
      );
  }

  function paintTitleBar(): void {
    const top = barHeight * dp;
    const middle = top + (titleHeight * dp) / 2;
    const name = {
      family: layout.fonts.heading,
      weight: layout.weights.heading,
      size: 15.5 * dp,
      colour: headerInk,
    } as const;
    const side = 22 * dp;
    const baseline = middle + 5.5 * dp;
    if (layout.header === "centred") {
      const logoSide = 28 * dp;
      const style = sheet.text(bank.name, {
        ...name,
        align: "left",
        x: width / 2 - 20 * dp,
        baseline,
        room: 0.5 * width,
      });
      paintLogo(context, bank.logo, {
        x: style.x - logoSide - 8 * dp,
        y: middle - logoSide / 2,
        side: logoSide,
        ink: palette.brand,
        ground: palette.page,
      });
      return;
    }
    if (layout.header === "plain") {
      paintLogo(context, bank.logo, { x: inset, y: middle - side / 2, side, ink: palette.brand, ground: palette.page });
      sheet.text(bank.name, { ...name, align: "left", x: inset + side + 8 * dp, baseline, room: 0.6 * width });
      const x = width - inset - 6 * dp;
      const reach = 5.5 * dp;
      strokeLine(
        context,
        [
          [x - reach, middle - reach],
          [x + reach, middle + reach],
        ],
        1.7 * dp,
        palette.muted,
      );
      strokeLine(
        context,
        [
          [x + reach, middle - reach],
          [x - reach, middle + reach],
        ],
        1.7 * dp,
        palette.muted,
      );
      return;
    }
    paintLogo(context, bank.logo, {
      x: width - inset - side,
      y: middle - side / 2,
      side,
      ink: headerInk,
      ground: headerGround,
    });
    strokeLine(
      context,
      [
        [inset + 7 * dp, middle - 6 * dp],
        [inset + dp, middle],
        [inset + 7 * dp, middle + 6 * dp],
      ],
      1.8 * dp,
      headerInk,
    );
    const centred = device.system === "ios";
    sheet.text(bank.name, {
      ...name,
      align: centred ? "center" : "left",
      x: centred ? width / 2 : inset + 20 * dp,
      baseline,
      room: 0.55 * width,
    });
  }

  function paintButtons(): void {
    const gap = 10 * dp;
    const count = layout.buttons.length;
    const buttonWidth = (width - 2 * inset - (count - 1) * gap) / count;
    const top = height - footHeight + 6 * dp;
    for (const [i, text] of layout.buttons.entries()) {
      const area = { x: inset + i * (buttonWidth + gap), y: top, width: buttonWidth, height: 38 * dp };
      const radius = Math.min(19, layout.card.radius + 4) * dp;
      const filled = i === count - 1;
      const outline = device.theme === "dark" ? mix(palette.brand, "#ffffff", 0.35) : palette.brand;
      if (filled) fillRounded(context, area, radius, palette.brand);
      else {
        context.strokeStyle = outline;
        context.lineWidth = 1.2 * dp;
        context.beginPath();
        context.roundRect(area.x, area.y, area.width, area.height, Math.min(radius, 19 * dp));
        context.stroke();
      }
      sheet.text(text, {
        family: layout.fonts.text,
        weight: 600,
        size: 14 * dp,
        colour: filled ? palette.onBrand : outline,
        align: "center",
        x: area.x + buttonWidth / 2,
        baseline: top + 24 * dp,
        room: buttonWidth - 16 * dp,
      });
    }
  }

  function paintNavigation(): void {
    if (device.navigation === "indicator") {
      const length = (device.system === "ios" ? 134 : 108) * dp;
      const thick = (device.system === "ios" ? 5 : 3) * dp;
      fillRounded(
        context,
        { x: (width - length) / 2, y: height - 8 * dp - thick, width: length, height: thick },
        thick,
        palette.text,
      );
    }
    if (device.navigation !== "buttons") return;
    const y = height - 20 * dp;
    const ink = palette.muted;
    const side = 6 * dp;
    const [left, middle, right] = [0.22 * width, 0.5 * width, 0.78 * width];
    strokeLine(
      context,
      [
        [left + side, y - side],
        [left - side, y],
        [left + side, y + side],
        [left + side, y - side],
      ],
      1.6 * dp,
      ink,
    );
    context.beginPath();
    context.arc(middle, y, side, 0, 2 * Math.PI);
    context.stroke();
    context.strokeRect(right - side, y - side, 2 * side, 2 * side);
    fillDisc(context, middle, y, 2 * dp, ink);
  }
}
