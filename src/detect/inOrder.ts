/** Of a list or of a stream. */
export async function* iterate<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
  return undefined;
}

/** `size` items at a time; fewer at the end. */
export async function* batches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * The results in the order of the items, each as soon as it and those before it are there. At most `ahead` items are
 * taken and not yielded yet; a slow source holds no result back.
 */
export async function* inOrder<T, R>(
  items: AsyncGenerator<T>,
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const pending: Promise<R>[] = [];
  let next: Promise<IteratorResult<T>> | undefined;
  let over = false;
  try {
    for (;;) {
      if (!over && pending.length < ahead) next ??= items.next();
      const [first] = pending;
      if (next === undefined && first === undefined) return;
      const events = [first?.then(() => "result"), next?.then(() => "item")];
      if ((await Promise.race(events.filter((event) => event !== undefined))) === "result") {
        yield await pending.shift()!;
        continue;
      }
      const { done, value } = await next!;
      next = undefined;
      if (done === true) over = true;
      else {
        const result = work(value);
        // It is awaited in its turn, and an error is thrown there; until then it must not count as unnoticed.
        result.catch(() => {});
        pending.push(result);
      }
    }
  } finally {
    // Whoever listened may have left: what the source still says, an error included, is nobody's.
    next?.catch(() => {});
    items.return(undefined).catch(() => {});
  }
}
