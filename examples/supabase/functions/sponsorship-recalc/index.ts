import { project } from "../_shared/caller.ts";
import { handle } from "./handler.ts";

const here = project((name) => Deno.env.get(name));
Deno.serve((request) => handle(request, here));
