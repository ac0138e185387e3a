/**
 * The lint rule for the direction of imports: a room imports only from itself and from rooms above it, in the order
 * in which the data flows (docs/ARCHITECTURE.md). Prints every import that goes the wrong way; exit code 1 if any.
 * And the rule for randomness: no Math.random or Date.now where a seed decides.
 * Usage: lint-rooms.ts [source folder]
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

const rooms = [
  "core",
  "image",
  "representations",
  "onnx",
  "nn",
  "metrics",
  "data",
  "imbalance",
  "features",
  "model",
  "train",
  "evaluate",
  "detect",
  "forge",
  "report",
  "run",
  "study",
  "cli",
  "server",
] as const;
type Room = (typeof rooms)[number];

/** Doors open onto the house and not onto each other, save that the command line starts the server. */
const allowed = new Set(["cli -> server"]);
const isWrong = (room: Room, target: Room) =>
  rooms.indexOf(target) > rooms.indexOf(room) || (room === "server" && target === "cli");

/** Where randomness and time are arguments, so that a seed decides everything. */
const seeded: readonly Room[] = [
  "core",
  "representations",
  "onnx",
  "nn",
  "metrics",
  "data",
  "imbalance",
  "features",
  "train",
  "forge",
];

const source = resolve(process.argv[2] ?? join(import.meta.dirname, "..", "src"));
const complaints: string[] = [];

for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
  const file = join(entry.parentPath, entry.name);
  const room = roomOf(file);
  if (room === undefined) continue;
  const text = readFileSync(file, "utf8");
  if (seeded.includes(room) && !file.endsWith(".test.ts"))
    for (const [call] of text.matchAll(/\b(?:Math\.random|Date\.now)\b/g))
      complaints.push(`${relative(source, file)} calls ${call}: take an Rng, or the time, as an argument.`);
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    const target = roomOf(join(dirname(file), specifier!));
    if (target === undefined || target === room || allowed.has(`${room} -> ${target}`)) continue;
    if (isWrong(room, target))
      complaints.push(`${relative(source, file)} imports ${specifier}: ${room} must not know ${target}.`);
  }
}

for (const folder of readdirSync(source, { withFileTypes: true }))
  if (folder.isDirectory() && !rooms.includes(folder.name as Room))
    complaints.push(`src/${folder.name} is no room of docs/ARCHITECTURE.md.`);

for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** The room that a file stands in; files directly in src/ are the public door and may import everything. */
function roomOf(file: string): Room | undefined {
  const [first, ...rest] = relative(source, file).split(sep);
  return rest.length > 0 ? rooms.find((room) => room === first) : undefined;
}
