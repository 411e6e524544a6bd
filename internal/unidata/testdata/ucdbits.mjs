// Writes the bit string that isprintable.py writes, for a Unicode version of
// which no interpreter is at hand, from the general categories in the npm
// package of that version.
//
//     npm install @unicode/unicode-6.1.0
//     node ucdbits.mjs 6.1.0 OUT
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [version, out] = process.argv.slice(2);
const require = createRequire(process.cwd() + "/");
const bits = Buffer.alloc(0x110000 / 8, 0xff);
const unprintable = ["Control", "Format", "Surrogate", "Private_Use", "Unassigned",
  "Line_Separator", "Paragraph_Separator", "Space_Separator"];
for (const category of unprintable) {
  const path = `@unicode/unicode-${version}/General_Category/${category}/code-points.mjs`;
  const points = (await import(require.resolve(path))).default;
  for (const c of points) {
    if (c !== 0x20) bits[c >> 3] &= ~(1 << (c & 7));
  }
}
writeFileSync(out, bits);
