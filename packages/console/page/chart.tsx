import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface ChartSeries {
  readonly label: string;
  /** A custom property of the page's style. */
  readonly colour: string;
  readonly values: readonly number[];
}

const height = 220;

/** Lines over time, drawn again when the values, the width or the colours change. */
export function Chart(props: {
  readonly label: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  const names = props.series.map(({ label }) => label).join();
  const data = [props.times, ...props.series.map(({ values }) => values)] as unknown as UPlot.AlignedData;
  const current = useRef(data);
  current.current = data;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const draw = () => {
      plot.current?.destroy();
      const style = getComputedStyle(element);
      const colourOf = (name: string) => style.getPropertyValue(name).trim();
      const axis = {
        stroke: colourOf("--muted-solid"),
        grid: { stroke: colourOf("--line-solid"), width: 1 },
        ticks: { show: false },
        font: "11px system-ui",
      };
      plot.current = new UPlot(
        {
          width: element.clientWidth,
          height,
          legend: { show: false },
          cursor: { y: false, points: { size: 6 } },
          axes: [axis, { ...axis, size: 44 }],
          scales: { y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.1)] } },
          series: [
            {},
            ...props.series.map(({ label, colour }) => ({
              label,
              stroke: colourOf(colour),
              width: 1.5,
              points: { show: false },
            })),
          ],
        },
        current.current,
        element,
      );
    };
    draw();
    const resize = new ResizeObserver(() => {
      if (plot.current?.width !== element.clientWidth)
        plot.current?.setSize({ width: element.clientWidth, height });
    });
    resize.observe(element);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", draw);
    return () => {
      resize.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [names]);
  useEffect(() => {
    plot.current?.setData(data);
  }, [props.times, ...props.series.map(({ values }) => values)]);
  return (
    <figure class="chart">
      <figcaption>
        {props.series.map(({ label, colour, values }) => (
          <span key={label}>
            <i class={`swatch ${colour.slice(2)}`} /> {label}{" "}
            <b>{values.reduce((sum, value) => sum + value, 0).toLocaleString("en")}</b>
          </span>
        ))}
      </figcaption>
      <div ref={box} role="img" aria-label={props.label} />
    </figure>
  );
}
