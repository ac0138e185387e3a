/**
 * At most `atOnce` tasks run; the others wait in the order in which they came. A decoded picture takes up to
 * 300 MB (100 megapixels), so without this a burst of requests would fill the memory.
 */
export function createTurns(atOnce: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
