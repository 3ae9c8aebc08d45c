import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "npm:jose@6";

import { Refusal } from "./answer.ts";

/** What a function needs to know of its project. */
export interface Project {
  /** The project's address, as `https://….supabase.co`. */
  url: string;
  /** The key that is allowed everything: it stays here. */
  serviceKey: string;
  /** The shared secret of the project's tokens (HS256); without it, its published keys are used. */
  jwtSecret?: string;
  /** What the schedule sends in place of a token. */
  recalcSecret?: string;
}

/** Reads the project from variables of the environment. */
export function project(get: (name: string) => string | undefined): Project {
  const required = (name: string) => {
    const value = get(name);
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    url: required("SUPABASE_URL"),
    serviceKey: required("SUPABASE_SERVICE_ROLE_KEY"),
    jwtSecret: get("FIT_JWT_SECRET") || undefined,
    recalcSecret: get("FIT_RECALC_SECRET") || undefined,
  };
}

/** Who calls, by a token of this project: a user, or the service. */
export interface Caller {
  role: "authenticated" | "service_role";
  userId?: string;
}

export function bearer(request: Request): string {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (!token) throw new Refusal(401, "unauthenticated", "the header `Authorization: Bearer …` is missing");
  return token;
}

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/** Verifies a token: its signature, by a named algorithm, and its time. */
export async function verify(token: string, { url, jwtSecret }: Project): Promise<Caller> {
  const refused = () => new Refusal(401, "unauthenticated", "the token is not valid, or no longer");
  let payload: JWTPayload;
  try {
    if (jwtSecret) {
      const key = new TextEncoder().encode(jwtSecret);
      ({ payload } = await jwtVerify(token, key, { algorithms: ["HS256"], requiredClaims: ["exp"] }));
    } else {
      const address = `${url}/auth/v1/.well-known/jwks.json`;
      const keys = keySets.get(address) ?? createRemoteJWKSet(new URL(address));
      keySets.set(address, keys);
      const options = { algorithms: ["ES256", "RS256"], requiredClaims: ["exp"] };
      ({ payload } = await jwtVerify(token, keys, options));
    }
  } catch {
    throw refused();
  }
  if (payload.role === "service_role") return { role: "service_role" };
  if (payload.role === "authenticated" && payload.sub) return { role: "authenticated", userId: payload.sub };
  // The anon key is a valid token of nobody.
  throw refused();
}

/** Compares two secrets in a time that does not tell where they differ: by their digests. */
export async function isSame(given: string, secret: string): Promise<boolean> {
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [left, right] = await Promise.all([digest(given), digest(secret)]);
  return left.reduce((difference, byte, index) => difference | (byte ^ right[index]!), 0) === 0;
}
