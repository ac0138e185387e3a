import type { InspectAnswer } from "../../src/server/answers.ts";
import { Guide } from "./Guide.tsx";
import { guides } from "./guides.ts";
import { QuantisationTable } from "./QuantisationTable.tsx";
import type { Picture } from "./usePictures.ts";
import { fileSize } from "./words.ts";

export function FactsPane({ picture }: { picture: Picture }) {
  const { facts, state, error } = picture;
  if (facts === undefined)
    return <p className="aside">{error ?? (state === "done" ? "Nothing could be read." : "Reading…")}</p>;
  return (
    <div className="facts">
      {facts.warnings.map((warning) => (
        <p key={warning} className="notice">
          {warning}
        </p>
      ))}
      <h2>File</h2>
      <Facts rows={fileRows(facts)} />
      {facts.jpeg !== undefined && (
        <>
          <h2>Quantisation tables</h2>
          <p className="aside">
            The divisors of the last JPEG save, row by row: small numbers keep detail, large ones drop it.
          </p>
          <div className="quantisation">
            {facts.jpeg.tables.map(({ id, values }) => (
              <QuantisationTable key={id} id={id} values={values} />
            ))}
          </div>
        </>
      )}
      <h2>Metadata</h2>
      {facts.metadata.entries.length === 0 ? (
        <p className="aside">None. That is common and says nothing by itself.</p>
      ) : (
        groupsOf(facts.metadata.entries).map(({ group, rows }) => (
          <details key={group} className="fact-group" open={rows.length <= 8}>
            <summary>
              {group} <span>{rows.length}</span>
            </summary>
            <Facts rows={rows} />
          </details>
        ))
      )}
      <h2>Hashes</h2>
      <Facts rows={Object.entries(facts.hashes).map(([name, hash]) => [hashNames[name] ?? name, hash])} isMono />
      <Guide {...guides.facts} />
    </div>
  );
}

const hashNames: Readonly<Record<string, string>> = { sha256: "SHA-256", sha1: "SHA-1", md5: "MD5" };

type Row = readonly [name: string, value: string];

/** Entries with something to read, by the block that they stand in. */
function groupsOf(entries: InspectAnswer["metadata"]["entries"]): { group: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const { group, name, value } of entries)
    if (value !== "") groups.set(group, [...(groups.get(group) ?? []), [name, value]]);
  return [...groups].map(([group, rows]) => ({ group, rows }));
}

function fileRows({ picture, jpeg, decoder, metadata }: InspectAnswer): Row[] {
  const { format, width, height, bytes, orientation } = picture;
  const rows: Row[] = [
    ["Format", format.toUpperCase()],
    ["Size", `${width} × ${height} pixels, ${fileSize(bytes)}`],
  ];
  if (orientation !== 1) rows.push(["Orientation", `EXIF ${orientation}: shown turned, analysed as stored`]);
  if (jpeg !== undefined) {
    rows.push(
      ["JPEG", `${jpeg.progressive ? "progressive" : "baseline"}, chroma ${jpeg.subsampling}`],
      [
        "Quality",
        jpeg.quality === undefined
          ? "cannot be told"
          : jpeg.standardTables
            ? `${jpeg.quality}, with the standard tables`
            : `about ${jpeg.quality}, with tables of the writer's own`,
      ],
    );
    if (jpeg.comments.length > 0) rows.push(["Comment", jpeg.comments.join(" · ")]);
    if (!jpeg.complete) rows.push(["End", "missing: the file was cut short"]);
    if (jpeg.trailingBytes > 0)
      rows.push(["After the end", `${fileSize(jpeg.trailingBytes)} more: a depth map, a video, or something hidden`]);
  }
  if (metadata.software !== undefined)
    rows.push([
      "Says it was written by",
      `${metadata.software}${metadata.editor ? ", a program that edits pictures" : ""}`,
    ]);
  if (metadata.captureTime !== undefined) rows.push(["Says it was taken", metadata.captureTime.replace("T", " ")]);
  if (metadata.contentCredentials) rows.push(["Content credentials", "named in the file; not verified here"]);
  rows.push(["Decoded by", decoder]);
  return rows;
}

function Facts({ rows, isMono = false }: { rows: readonly Row[]; isMono?: boolean }) {
  return (
    <dl className={isMono ? "fact-list mono" : "fact-list"}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
