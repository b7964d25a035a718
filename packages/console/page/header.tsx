import { useEffect, useState } from "preact/hooks";
import type { Session } from "../src/model";
import { setPaused, usePaused } from "./live";
import { hrefOf } from "./router";
import { SessionContext } from "./session";
import { Dialog } from "./ui";

const themes = ["auto", "light", "dark"] as const;

export function Header({ session, onHelp }: { readonly session: Session; readonly onHelp: () => void }) {
  const isPausedNow = usePaused();
  const [theme, setTheme] = useState(() => localStorage.getItem("theme") ?? "auto");
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  }, [theme]);
  const next = themes[(themes.findIndex((each) => each === theme) + 1) % themes.length] ?? "auto";
  const { service, environment, account, region, endpoint, isAws, readOnly } = session;
  return (
    <header class="top">
      <a class="brand" href={hrefOf(["tasks"])}>
        {service} <b class={isAws ? "aws" : "local"}>{environment}</b>
      </a>
      <span class="where" title={`Account ${account} at ${endpoint}`}>
        {isAws ? "AWS" : "local"} · {account} · {region}
      </span>
      {readOnly && <span class="tag">read-only</span>}
      <span class="spacer" />
      <button
        type="button"
        class="quiet live"
        aria-pressed={!isPausedNow}
        onClick={() => {
          setPaused(!isPausedNow);
        }}
      >
        <i class={isPausedNow ? "dot" : "dot on"} /> {isPausedNow ? "Paused" : "Live"}
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={`Theme: ${theme}. Change to ${next}`}
        onClick={() => {
          setTheme(next);
        }}
      >
        {theme === "dark" ? "☾" : theme === "light" ? "☀" : "◐"}
      </button>
      <button type="button" class="quiet" aria-label="Keyboard and version" onClick={onHelp}>
        ?
      </button>
    </header>
  );
}

/** The keys: 1 to 9 and 0 open the views. */
export const Help = ({
  titles,
  onClose,
}: {
  readonly titles: readonly string[];
  readonly onClose: () => void;
}) => (
  <SessionContext.Consumer>
    {(session) => (
      <Dialog title="Keyboard" onClose={onClose}>
        <dl class="keys">
          {titles.map((title, at) => (
            <div key={title}>
              <dt>
                <kbd>{(at + 1) % 10}</kbd>
              </dt>
              <dd>{title}</dd>
            </div>
          ))}
          <div>
            <dt>
              <kbd>/</kbd>
            </dt>
            <dd>First filter</dd>
          </div>
          <div>
            <dt>
              <kbd>p</kbd>
            </dt>
            <dd>Pause or resume live updates</dd>
          </div>
        </dl>
        <p class="muted">Console {session?.version}</p>
      </Dialog>
    )}
  </SessionContext.Consumer>
);
