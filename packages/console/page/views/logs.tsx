import { useEffect, useRef, useState } from "preact/hooks";
import type { LogLine } from "../../src/model";
import { get, problemOf } from "../api";
import { isPaused, usePaused } from "../live";
import { navigate, type Route } from "../router";
import { commandLine, useSession } from "../session";
import { SearchInput, Select } from "../inputs";
import { Command, Empty, Loading, Problem } from "../ui";
import { LogList } from "./log-list";

/** Lines that the page keeps, and asks for. */
const kept = 1_000;
const pollMilliseconds = { local: 2_000, aws: 5_000 };
/** Lines arrive late; those that were shown are left out. */
const lateMilliseconds = 15_000;

const levels = ["debug", "info", "warn", "error"] as const;
const periods = [
  ["5", "5 min"],
  ["15", "15 min"],
  ["60", "1 h"],
  ["360", "6 h"],
] as const;

const keyOf = ({ at, function: name, raw }: LogLine) => `${at} ${name} ${raw}`;

export function Logs({ route: { query } }: { readonly route: Route }) {
  const session = useSession();
  const paused = usePaused();
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>();
  const end = useRef<HTMLDivElement>(null);
  const minutes = Number(query.minutes ?? "15");
  const filter = {
    ...(query.function !== undefined && { function: query.function }),
    ...(query.contains !== undefined && { contains: query.contains }),
    ...(query.task !== undefined && { task: query.task }),
    ...(query.request !== undefined && { request: query.request }),
    ...(levels.some((each) => each === query.level) && { level: query.level as (typeof levels)[number] }),
  };
  const key = JSON.stringify([filter, minutes, paused]);
  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since = Date.now() - minutes * 60_000;
    let isFirst = true;
    const load = async () => {
      clearTimeout(timer);
      try {
        const found = await get("logs", { ...filter, since, limit: kept }, controller.signal);
        if (controller.signal.aborted) return;
        const wasFirst = isFirst;
        setLines((before = []) => {
          const known = new Set(wasFirst ? [] : before.map(keyOf));
          const fresh = found.filter((line) => !known.has(keyOf(line)));
          return wasFirst || fresh.length > 0 ? [...(wasFirst ? [] : before), ...fresh].slice(-kept) : before;
        });
        isFirst = false;
        since = Math.max(since, (found.at(-1)?.at ?? since) - lateMilliseconds);
        setProblem(undefined);
      } catch (error) {
        if (!controller.signal.aborted) setProblem(problemOf(error));
      }
      if (!controller.signal.aborted)
        timer = setTimeout(tick, pollMilliseconds[session.isAws ? "aws" : "local"]);
    };
    const tick = () => {
      if (!document.hidden && !isPaused()) void load();
    };
    void load();
    document.addEventListener("visibilitychange", tick);
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [key]);
  useEffect(() => {
    const list = end.current?.querySelector(".logs");
    if (list !== null && list !== undefined && !paused) list.scrollTop = list.scrollHeight;
  }, [lines, paused]);
  const set = (changes: Readonly<Record<string, string | undefined>>) => {
    navigate(["logs"], { ...query, ...changes });
  };
  return (
    <>
      <div class="filters" role="search">
        <Select
          label="Function"
          value={query.function ?? ""}
          options={[["", "all"], ...session.functions.map((name) => [name, name] as const)]}
          onChange={(name) => {
            set({ function: name });
          }}
        />
        <Select
          label="Level"
          value={query.level ?? ""}
          options={[["", "all"], ...levels.map((level) => [level, `${level} and above`] as const)]}
          onChange={(level) => {
            set({ level });
          }}
        />
        <Select
          label="Since"
          value={query.minutes ?? "15"}
          options={periods}
          onChange={(value) => {
            set({ minutes: value });
          }}
        />
        {(["contains", "task", "request"] as const).map((name) => (
          <SearchInput
            key={name}
            label={{ contains: "Contains", task: "Task id", request: "Request id" }[name]}
            value={query[name] ?? ""}
            onChange={(value) => {
              set({ [name]: value.trim() });
            }}
          />
        ))}
      </div>
      <Problem problem={problem} />
      <div ref={end}>
        {lines === undefined ? (
          problem === undefined && <Loading />
        ) : lines.length === 0 ? (
          <Empty>No line matches.</Empty>
        ) : (
          <LogList lines={lines} />
        )}
      </div>
      <footer class="pages">
        <span class="muted">The newest {kept.toLocaleString("en")} lines are kept.</span>
      </footer>
      <Command
        command={commandLine(session, ["logs", session.environment], { ...filter, since: `${minutes}m` })}
      />
    </>
  );
}
