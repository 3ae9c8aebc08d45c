/** What goes wrong in a request: a status, and a code that programs can read. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "authorization, x-client-info, apikey, content-type",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
};

/** Answers a POST with what `work` returns and when; an error is never a 200. */
export async function answer(
  request: Request,
  work: () => Promise<Record<string, unknown>>,
): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: CORS });
  const started = performance.now();
  try {
    if (request.method !== "POST") {
      throw new Refusal(405, "method_not_allowed", `\`${request.method}\` is not POST`);
    }
    const result = await work();
    const duration_ms = Math.round(performance.now() - started);
    return json(200, { success: true, ...result, duration_ms, timestamp: new Date().toISOString() });
  } catch (error) {
    if (error instanceof Refusal) {
      return json(error.status, { success: false, error: { code: error.code, message: error.message } });
    }
    // What an unforeseen error says is for the log, not for a stranger.
    console.error(error);
    const message = "an unforeseen error; see the function's log";
    return json(500, { success: false, error: { code: "internal", message } });
  }
}

function json(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: CORS });
}
