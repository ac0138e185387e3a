import { useCallback, useReducer, useRef } from "react";
import type { DetectAnswer, InspectAnswer, ModelAnswer } from "../../src/server/answers.ts";
import { detect, inspect, preview, sentence } from "./api.ts";
import { fileSize } from "./words.ts";

export interface Picture {
  readonly id: number;
  readonly file: File;
  /** What an <img> shows; a PNG made by the server where the browser cannot show the file itself. */
  readonly url: string;
  readonly isPreview: boolean;
  readonly state: "waiting" | "reading" | "done";
  readonly facts?: InspectAnswer;
  readonly answer?: DetectAnswer;
  /** A whole sentence. */
  readonly error?: string;
}

interface Album {
  readonly pictures: readonly Picture[];
  readonly selected?: number;
}

type Change =
  | { type: "add"; pictures: readonly Picture[] }
  | { type: "learn"; id: number; news: Partial<Picture> }
  | { type: "select"; id: number }
  | { type: "clear" };

function next(album: Album, change: Change): Album {
  if (change.type === "clear") return { pictures: [] };
  if (change.type === "select") return { ...album, selected: change.id };
  if (change.type === "learn")
    return {
      ...album,
      pictures: album.pictures.map((picture) => (picture.id === change.id ? { ...picture, ...change.news } : picture)),
    };
  const first = change.pictures[0];
  if (first === undefined) return album;
  return { pictures: [...album.pictures, ...change.pictures], selected: first.id };
}

/** The pictures on the table. Each is asked about by itself, two at a time, so that a bad file stops no other. */
export function usePictures(model: ModelAnswer | undefined) {
  const [album, change] = useReducer(next, { pictures: [] });
  const queue = useRef<Picture[]>([]);
  const running = useRef(0);
  const count = useRef(0);

  const work = useCallback(async () => {
    if (running.current >= 2) return;
    running.current++;
    for (let picture = queue.current.shift(); picture !== undefined; picture = queue.current.shift()) {
      const { id } = picture;
      change({ type: "learn", id, news: { state: "reading" } });
      change({ type: "learn", id, news: { ...(await examine(picture, model)), state: "done" } });
    }
    running.current--;
  }, [model]);

  const add = useCallback(
    (files: Iterable<File>) => {
      const pictures = Array.from(
        files,
        (file): Picture => ({
          id: ++count.current,
          file,
          url: URL.createObjectURL(file),
          isPreview: false,
          state: "waiting",
        }),
      );
      change({ type: "add", pictures });
      queue.current.push(...pictures);
      void work();
      void work();
    },
    [work],
  );

  const clear = useCallback(() => {
    queue.current.length = 0;
    for (const { url } of album.pictures) URL.revokeObjectURL(url);
    change({ type: "clear" });
  }, [album.pictures]);

  const select = useCallback((id: number) => change({ type: "select", id }), []);
  const showPreview = useCallback(async ({ id, file, isPreview }: Picture) => {
    if (isPreview) return;
    const png = await preview(file).catch(() => undefined); // the picture's own error already says what is wrong
    if (png !== undefined) change({ type: "learn", id, news: { url: URL.createObjectURL(png), isPreview: true } });
  }, []);

  return {
    pictures: album.pictures,
    selected: album.pictures.find(({ id }) => id === album.selected),
    add,
    clear,
    select,
    showPreview,
  };
}

async function examine({ file }: Picture, model: ModelAnswer | undefined): Promise<Partial<Picture>> {
  const limit = model?.limits.maxBytes ?? Number.POSITIVE_INFINITY;
  if (file.size > limit)
    return {
      error: `${file.name} is ${fileSize(file.size)}; at most ${fileSize(limit)} are read. Send a smaller file.`,
    };
  const [facts, answer] = await Promise.allSettled([inspect(file), model?.model ? detect(file) : undefined]);
  const failed = [facts, answer].find((outcome) => outcome.status === "rejected");
  return {
    ...(facts.status === "fulfilled" && { facts: facts.value }),
    ...(answer.status === "fulfilled" && answer.value !== undefined && { answer: answer.value }),
    ...(failed !== undefined && { error: sentence(failed.reason) }),
  };
}
