import { answer, Refusal } from "../_shared/answer.ts";
import { bearer, type Project, verify } from "../_shared/caller.ts";
import { call, service } from "../_shared/database.ts";

const MOST_IDS = 1000;
/** More than a thousand identifiers with their commas need. */
const MOST_BYTES = 100_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Queues a recalculation of the caller's own sponsors and events. */
export function handle(request: Request, project: Project): Promise<Response> {
  return answer(request, async () => {
    const caller = await verify(bearer(request), project);
    const { sponsors, events, operations } = asked(await body(request));
    const client = service(project);
    if (caller.role !== "service_role") {
      const args = { p_user: caller.userId, p_sponsor_ids: sponsors, p_event_ids: events };
      if (!await call<boolean>(client, "fit_allowed", args)) {
        throw new Refusal(403, "forbidden", "a sponsor is not yours, or an event");
      }
    }
    const queued = await call<number>(client, "fit_enqueue", {
      p_sponsor_ids: sponsors,
      p_event_ids: events,
    });
    return { queued, operations };
  });
}

async function body(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (text.length > MOST_BYTES) {
    throw new Refusal(413, "too_large", `the body is longer than ${MOST_BYTES} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, "invalid_json", "the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal(400, "invalid_json", "the body is not a JSON object");
  }
  return value as Record<string, unknown>;
}

/** Reads the four fields, and names the one that is wrong. */
function asked(fields: Record<string, unknown>) {
  const operations: string[] = [];
  const ids = { sponsor: new Set<string>(), event: new Set<string>() };
  for (const side of ["sponsor", "event"] as const) {
    const one = fields[`${side}_id`] ?? undefined;
    if (one !== undefined) {
      ids[side].add(uuid(one, `${side}_id`));
      operations.push(`${side}:${uuid(one, `${side}_id`)}`);
    }
  }
  for (const side of ["sponsor", "event"] as const) {
    const field = `${side}_ids`;
    const many = fields[field] ?? [];
    if (!Array.isArray(many)) throw new Refusal(400, "invalid_field", `${field}: not a list`);
    many.forEach((id, index) => ids[side].add(uuid(id, `${field}[${index}]`)));
    if (many.length > 0) operations.push(`bulk_${side}s:${new Set(many.map(String)).size}`);
  }
  const count = ids.sponsor.size + ids.event.size;
  if (count === 0) {
    throw new Refusal(
      400,
      "nothing_named",
      "none of `sponsor_id`, `event_id`, `sponsor_ids`, `event_ids` names anything",
    );
  }
  if (count > MOST_IDS) throw new Refusal(400, "too_many", `${count} ids are more than ${MOST_IDS}`);
  return { sponsors: [...ids.sponsor], events: [...ids.event], operations };
}

function uuid(value: unknown, field: string): string {
  if (typeof value === "string" && UUID.test(value)) return value.toLowerCase();
  const shown = typeof value === "string" ? `\`${value.slice(0, 50)}\`` : JSON.stringify(value)?.slice(0, 50);
  throw new Refusal(400, "invalid_field", `${field}: ${shown} is not a UUID`);
}
