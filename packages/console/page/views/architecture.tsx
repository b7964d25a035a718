import { useEffect, useRef, useState } from "preact/hooks";
import type { ArchitectureResult, ResourceView } from "../../src/model";
import { get, problemOf } from "../api";
import { count } from "../format";
import { useLive } from "../live";
import { hrefOf } from "../router";
import { commandLine, useSession } from "../session";
import { Command, Copy, Json, Loading, Panel, Problem, State } from "../ui";

const svgNamespace = "http://www.w3.org/2000/svg";

/** The drawing of diagrams/, with counts at its boxes; each box opens what is behind it. */
export function Architecture() {
  const session = useSession();
  const { data, error } = useLive("architecture", {}, session.isAws ? 60 : 5);
  const status = useLive("status", {}, session.isAws ? 60 : 10);
  const [chosen, setChosen] = useState<string>();
  const node = chosen === undefined ? undefined : data?.nodes[chosen];
  const alarms = status.data?.alarms ?? [];
  return (
    <>
      <Problem problem={error} />
      {data === undefined ? (
        error === undefined && <Loading />
      ) : (
        <div class="scroll drawing" tabIndex={0} role="region" aria-label="Drawing of the architecture">
          <Drawing data={data} chosen={chosen} onChoose={setChosen} />
        </div>
      )}
      {node === undefined || chosen === undefined ? (
        <p class="muted">
          Counts of functions and requests are of the last hour. Choose a box for its resources, logs and
          sources.
        </p>
      ) : (
        <Node key={chosen} name={chosen} node={node} />
      )}
      {alarms.length > 0 && (
        <Panel title={`Alarms: ${count(alarms.length)}`}>
          <ul class="chips">
            {alarms.map(({ name, state }) => (
              <li key={name}>
                <State state={state} /> {name}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Command command={commandLine(session, ["status", session.environment])} />
    </>
  );
}

function Drawing(props: {
  readonly data: ArchitectureResult;
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}) {
  const { data, chosen, onChoose } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { documentElement: svg } = new DOMParser().parseFromString(data.svg, "image/svg+xml");
    svg.setAttribute("aria-label", "Architecture");
    // Its text is in the boxes' names; the drawing scales with the page.
    const width = Number.parseFloat(svg.getAttribute("width") ?? "0") * (4 / 3);
    svg.setAttribute("width", String(width));
    svg.removeAttribute("height");
    svg.querySelector("g.graph > polygon")?.remove();
    for (const group of svg.querySelectorAll<SVGGElement>("g.node")) {
      const title = group.querySelector("title");
      const name = title?.textContent ?? "";
      title?.remove();
      if (!(name in data.nodes)) continue;
      group.dataset.node = name;
      group.classList.add("choosable");
      group.setAttribute("role", "button");
      group.setAttribute("tabindex", "0");
    }
    for (const title of svg.querySelectorAll("title")) title.remove();
    box.current?.replaceChildren(document.importNode(svg, true));
  }, [data.svg]);
  useEffect(() => {
    for (const group of box.current?.querySelectorAll<SVGGElement>("g.choosable") ?? []) {
      const name = group.dataset.node ?? "";
      group.classList.toggle("is-chosen", name === chosen);
      group.querySelector("g.badges")?.remove();
      const counts = data.nodes[name]?.counts ?? [];
      if (counts.length > 0) group.append(badges(group, counts));
      const texts = [...group.querySelectorAll("text")].map(({ textContent }) => textContent);
      group.setAttribute("aria-label", texts.join(" "));
      group.onclick = () => {
        onChoose(name);
      };
      group.onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onChoose(name);
      };
    }
  }, [data, chosen]);
  return <div ref={box} />;
}

type Counts = ArchitectureResult["nodes"][string]["counts"];

/** A line of counts on the lower edge of a box. */
function badges(group: SVGGElement, counts: Counts): SVGGElement {
  const shape = group.querySelector<SVGGraphicsElement>("path, polygon, ellipse");
  const { x = 0, y = 0, width = 0, height = 0 } = shape?.getBBox() ?? {};
  const label = counts
    .map(({ label: name, value }) => (name === "live version" ? `v${value}` : `${count(value)} ${name}`))
    .join(" · ");
  const all = document.createElementNS(svgNamespace, "g");
  all.setAttribute(
    "class",
    counts.some(({ isProblem }) => isProblem === true) ? "badges is-problem" : "badges",
  );
  all.dataset.counts = JSON.stringify(
    Object.fromEntries(counts.map(({ label: name, value }) => [name, value])),
  );
  const text = document.createElementNS(svgNamespace, "text");
  text.textContent = label;
  text.setAttribute("x", String(x + width / 2));
  text.setAttribute("y", String(y + height + 3));
  text.setAttribute("text-anchor", "middle");
  const half = label.length * 2.1 + 5;
  const back = document.createElementNS(svgNamespace, "rect");
  for (const [name, value] of Object.entries({
    ...{ x: x + width / 2 - half, y: y + height - 6, width: 2 * half, height: 12, rx: 6 },
  }))
    back.setAttribute(name, String(value));
  all.append(back, text);
  return all;
}

function Node({ node }: { readonly name: string; readonly node: ArchitectureResult["nodes"][string] }) {
  const [resource, setResource] = useState<ResourceView>();
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>();
  const open = (address: string) => {
    setProblem(undefined);
    get("resource", { address }).then(setResource, (error: unknown) => {
      setProblem(problemOf(error));
    });
  };
  return (
    <Panel
      title={node.title}
      actions={
        node.function !== undefined && <a href={hrefOf(["logs"], { function: node.function })}>Logs</a>
      }
    >
      <div class="columns">
        <div>
          <h3>Resources</h3>
          <ul class="plain">
            {node.resources.map((address) => (
              <li key={address}>
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    open(address);
                  }}
                >
                  {address}
                </button>
              </li>
            ))}
          </ul>
          {node.resources.length === 0 && <p class="muted">None in the states that may be read.</p>}
          <h3>Sources</h3>
          <ul class="plain">
            {node.sources.map((path) => (
              <li key={path}>
                <code>{path}</code> <Copy value={path} />
              </li>
            ))}
          </ul>
        </div>
        <div>
          <Problem problem={problem} />
          {resource !== undefined && (
            <>
              <h3>
                {resource.address} <span class="muted">layer {resource.layer}</span>
              </h3>
              <Json value={resource.attributes} />
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}
