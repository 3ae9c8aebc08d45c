import { createClient, type SupabaseClient } from "npm:@supabase/supabase-js@2";

import { Refusal } from "./answer.ts";
import type { Project } from "./caller.ts";

/** A client with all rights: it calls the functions that are granted to nobody else. */
export function service({ url, serviceKey }: Project): SupabaseClient {
  return createClient(url, serviceKey, { auth: { persistSession: false, autoRefreshToken: false } });
}

/** Calls a function of the database. */
export async function call<T>(
  client: SupabaseClient,
  name: string,
  args: Record<string, unknown>,
): Promise<T> {
  const { data, error, status } = await client.rpc(name, args);
  if (!error) return data as T;
  // PostgREST answers 5xx, and nobody answers 0, when the database is not there.
  if (status === 0 || status >= 500) {
    console.error(name, error);
    throw new Refusal(503, "database_unavailable", "the database does not answer; try again");
  }
  throw new Error(`${name}: ${error.message}`);
}
