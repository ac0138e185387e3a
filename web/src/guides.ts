/** What to look at, what to ignore, when it fails: one for each pane. */
export interface GuideText {
  readonly look: string;
  readonly ignore: string;
  readonly fails: string;
}

export const guides = {
  heatMap: {
    look: "The places that raised the model's score most. Is it one thing, such as a face, an amount or an object, that stands out from all that is like it?",
    ignore:
      "A faint glow everywhere, or one that follows every strong edge. The map is coarse: its outline is not the outline of an edit.",
    fails:
      "It explains the model, not the picture, and lights up just as brightly where the model is wrong. Without a verdict of “altered” it means little.",
  },
  ela: {
    look: "Like should be as bright as like: edges as edges, skin as skin, sky as sky. A part that is clearly brighter or darker than its like may have another history.",
    ignore:
      "Bright edges, fine texture, strong red and blue, and a picture that is bright or dark all over. That is how JPEG works.",
    fails:
      "After a messenger, a resize or one more save the levels even out. A picture that never was a JPEG has no levels to compare.",
  },
  facts: {
    look: "Contradictions: an editor's name in a picture said to be straight from the camera, a camera's name over tables that no camera writes, times that cannot both be true.",
    ignore: "Missing metadata. Messengers, screenshots and photo pickers remove them from honest pictures every day.",
    fails: "Whoever can edit a picture can edit these facts too. That they fit together proves nothing.",
  },
} as const satisfies Record<string, GuideText>;
