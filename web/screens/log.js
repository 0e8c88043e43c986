// What something prints, while it prints it.
import { follow } from "../api.js";
import { html, useEffect, useRef, useState } from "../ui.js";

/** More is not kept here; the API has all of it. */
const MOST = 400_000;

/**
 * Follows a stream of events: {chunks, error}. What comes close together is shown together, so that a program that prints
 * thousands of lines does not hold the page up.
 * @param open (lastEventId, signal) => Promise<Response>; null = nothing to follow
 * @param onEvent is told of events that are no output
 */
export function useLog(open, onEvent, inputs) {
  const [chunks, setChunks] = useState([]);
  const [error, setError] = useState();
  const last = useRef("");
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const stop = new AbortController();
    let waiting = [];
    let timer = null;
    const flush = () => {
      timer = null;
      const fresh = waiting;
      waiting = [];
      setChunks((before) => merged(before, fresh));
    };
    setError(undefined);
    follow(
      (id) => open(id || last.current, stop.signal),
      ({ id, event, data }) => {
        last.current = id || last.current;
        if (event === "log" || event === "warning") {
          waiting.push(event === "log" ? data : { stream: "meta", content: `${data.message}\n` });
          timer ??= setTimeout(flush, 50);
        } else {
          // Whoever hears that it is over finds all of it there.
          clearTimeout(timer);
          flush();
          onEvent?.(event, data, (text) => {
            waiting.push({ stream: "meta", content: text });
            timer ??= setTimeout(flush, 50);
          });
        }
      },
      stop.signal,
    ).catch((problem) => !stop.signal.aborted && setError(problem));
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, inputs);
  return { chunks, error };
}

function merged(before, fresh) {
  const all = before.slice();
  for (const { stream, content } of fresh) {
    const end = all.at(-1);
    if (end && end.stream === stream && end.content.length < 20_000) {
      all[all.length - 1] = { ...end, content: end.content + content };
    } else {
      all.push({ key: (end?.key ?? 0) + 1, stream, content });
    }
  }
  let length = all.reduce((sum, one) => sum + one.content.length, 0);
  while (length > MOST) {
    length -= all.shift().content.length;
  }
  return all;
}

/** Stays at the end as long as nobody scrolls up. */
export function Printed({ chunks, nothing }) {
  const box = useRef();
  const stay = useRef(true);
  useEffect(() => {
    if (box.current && stay.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [chunks]);
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    stay.current = scrollHeight - scrollTop - clientHeight < 40;
  };
  return html`<div class="output" ref=${box} tabindex="0" role="log" aria-label="Output" aria-live="polite" onScroll=${scrolled}>
    ${chunks.map((one) => html`<span key=${one.key} class=${{ stderr: "err", meta: "meta" }[one.stream] || ""}>${one.content}</span>`)}
    ${!chunks.length && html`<span class="meta">${nothing}</span>`}
  </div>`;
}
