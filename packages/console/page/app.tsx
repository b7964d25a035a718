import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Session } from "../src/model";
import { get, problemOf } from "./api";
import { Header, Help } from "./header";
import { isPaused, setPaused } from "./live";
import { hrefOf, navigate, useRoute, type Route } from "./router";
import { SessionContext } from "./session";
import { Loading, Problem } from "./ui";
import { Activity } from "./views/activity";
import { Architecture } from "./views/architecture";
import { DeadLetters } from "./views/dead-letters";
import { Deployments } from "./views/deployments";
import { Faults } from "./views/faults";
import { Logs } from "./views/logs";
import { NewTask } from "./views/new-task";
import { Rates } from "./views/rates";
import { Schedules } from "./views/schedules";
import { TaskView } from "./views/task";
import { Tasks } from "./views/tasks";

interface View {
  readonly path: string;
  readonly title: string;
  readonly view: (props: { readonly route: Route }) => JSX.Element;
}

/** The views in the order of the navigation; the keys 1 to 9 and 0 open them. */
const views: readonly View[] = [
  { path: "tasks", title: "Tasks", view: Tasks },
  { path: "new", title: "New task", view: NewTask },
  { path: "dead-letters", title: "Dead letters", view: DeadLetters },
  { path: "rates", title: "Queues and rates", view: Rates },
  { path: "schedules", title: "Schedules", view: Schedules },
  { path: "logs", title: "Logs", view: Logs },
  { path: "architecture", title: "Architecture", view: Architecture },
  { path: "deployments", title: "Deployments", view: Deployments },
  { path: "faults", title: "Faults", view: Faults },
  { path: "activity", title: "Activity", view: Activity },
];

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

export function App() {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>();
  useEffect(() => {
    get("session", {}).then(setSession, (error: unknown) => {
      setProblem(problemOf(error));
    });
  }, []);
  if (problem !== undefined)
    return (
      <main class="lonely">
        <Problem problem={problem} />
      </main>
    );
  if (session === undefined)
    return (
      <main class="lonely">
        <Loading />
      </main>
    );
  return (
    <SessionContext.Provider value={session}>
      <Shell session={session} />
    </SessionContext.Provider>
  );
}

function Shell({ session }: { readonly session: Session }) {
  const route = useRoute();
  const [isHelp, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  const [name = "tasks"] = route.path;
  const current = views.find(({ path }) => path === name);
  const isTask = name === "tasks" && route.path.length > 1;
  useEffect(() => {
    document.title = `${current?.title ?? "Not found"} · ${session.service} ${session.environment}`;
  }, [current, session]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const byNumber = /^\d$/.test(event.key) ? views.at((Number(event.key) || 10) - 1) : undefined;
      if (byNumber !== undefined) navigate([byNumber.path]);
      else if (event.key === "?") setHelp(true);
      else if (event.key === "p") setPaused(!isPaused());
      else if (event.key === "/") {
        event.preventDefault();
        main.current?.querySelector<HTMLElement>("input, select")?.focus();
      }
    };
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <>
      <a class="skip" href="#content" onClick={focusOn(main)}>
        Skip to content
      </a>
      <Header
        session={session}
        onHelp={() => {
          setHelp(true);
        }}
      />
      <nav aria-label="Views">
        {views.map(({ path, title }) => (
          <a key={path} href={hrefOf([path])} aria-current={path === name ? "page" : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <main id="content" ref={main} tabIndex={-1} data-view={isTask ? "task" : name}>
        <h1>{isTask ? "Task" : (current?.title ?? "Not found")}</h1>
        {isTask ? (
          <TaskView key={route.path[1]} id={route.path[1] ?? ""} />
        ) : current === undefined ? (
          <p>
            There is no such view. <a href={hrefOf(["tasks"])}>Tasks</a>
          </p>
        ) : (
          <current.view route={route} />
        )}
      </main>
      {isHelp && (
        <Help
          titles={views.map(({ title }) => title)}
          onClose={() => {
            setHelp(false);
          }}
        />
      )}
    </>
  );
}

const focusOn = (element: { readonly current: HTMLElement | null }) => (event: Event) => {
  event.preventDefault();
  element.current?.focus();
};
