import { useSyncExternalStore } from "react";

/** What is shown: the table where pictures are examined, or comparisons of strategies, all of them or one by its name. */
export type Page = { readonly name: "examine" } | { readonly name: "compare"; readonly comparison?: string };

/** `#compare`, `#compare/slips`; every other fragment is the table. */
export function pageOf(hash: string): Page {
  const [, name, comparison] = /^#(compare)(?:\/(.+))?$/.exec(hash) ?? [];
  if (name === undefined) return { name: "examine" };
  return comparison === undefined ? { name: "compare" } : { name: "compare", comparison: decoded(comparison) };
}

export const linkTo = (comparison: string) => `#compare/${encodeURIComponent(comparison)}`;

export function usePage(): Page {
  return pageOf(useSyncExternalStore(listen, () => location.hash));
}

function listen(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign of the reader's own
  }
}
