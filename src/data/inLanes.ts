/** The results in the order of the items, `lanes` in work at a time: one decodes while another computes. */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T, i: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!, i);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
