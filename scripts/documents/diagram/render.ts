import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../build/paths";

/** The pictures: `diagrams/<name>.dot` is the source of `diagrams/<name>.png`. */
export const diagramNames = ["runtime", "layers"] as const;

/** For sharp text on screens with a high pixel density. */
const zoom = 2;

/** The Graphviz source of a picture. */
export const diagramSource = (name: string) => readFileSync(join(root, `diagrams/${name}.dot`), "utf8");

/**
 * Draws the pictures. The same sources give the same bytes on every machine, since the fonts come from npm.
 * @returns PNGs by their path in the repository
 */
export async function renderDiagrams(): Promise<Record<string, Uint8Array>> {
  const { Resvg } = await import("@resvg/resvg-js");
  const fontFiles = ["DejaVuSans", "DejaVuSans-Bold"].map((font) =>
    require.resolve(`dejavu-fonts-ttf/ttf/${font}.ttf`),
  );
  const draw = async (name: (typeof diagramNames)[number]) =>
    new Resvg(await drawing(name), {
      background: "white",
      fitTo: { mode: "zoom", value: zoom },
      font: { loadSystemFonts: false, fontFiles, defaultFontFamily: "DejaVu Sans" },
    })
      .render()
      .asPng();
  return Object.fromEntries(
    await Promise.all(diagramNames.map(async (name) => [`diagrams/${name}.png`, await draw(name)] as const)),
  );
}

/** A picture as SVG. */
export async function drawing(name: (typeof diagramNames)[number]): Promise<string> {
  // An ES module, which this CommonJS one cannot require.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  return (await Graphviz.load()).neato(diagramSource(name), "svg");
}
