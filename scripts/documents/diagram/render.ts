import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { root } from "../../build/paths";

const source = "diagrams/architecture.dot";
export const diagramPicture = "diagrams/architecture.png";

/** Twice the size on a page, for sharp letters. */
const zoom = 2;

/**
 * Draws the architecture.
 * @returns a PNG, the same bytes on every machine: the font comes from npm, not from the system
 */
export async function renderDiagram(): Promise<Uint8Array> {
  // An ES module, which this CommonJS one cannot require.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  const svg = graphviz.dot(readFileSync(join(root, source), "utf8"), "svg");
  const font = require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
  const picture = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: zoom },
    font: { loadSystemFonts: false, fontFiles: [font], defaultFontFamily: "DejaVu Sans" },
  });
  return picture.render().asPng();
}
