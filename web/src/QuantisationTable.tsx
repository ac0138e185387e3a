const kinds = ["Luminance", "Chrominance"];
const lines = [0, 1, 2, 3, 4, 5, 6, 7];

/** 0..4 */
const weight = (step = 1) => Math.min(4, Math.floor(Math.log2(step + 1) / 1.5));

/** 8 x 8 steps, darker where the save was coarser. */
export function QuantisationTable({ id, values }: { id: number; values: readonly number[] }) {
  return (
    <table className="steps">
      <caption>{kinds[id] === undefined ? `Table ${id}` : `${kinds[id]} (table ${id})`}</caption>
      <tbody>
        {lines.map((row) => (
          <tr key={row}>
            {lines.map((column) => (
              <td key={column} data-weight={weight(values[row * 8 + column])}>
                {values[row * 8 + column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
