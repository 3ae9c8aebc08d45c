// TypeScript declarations of what goes in and comes out, made from the core's JSON Schemas.
// `node pack/types.mjs` writes js/types.ts; with `--check` it only says whether that is current.
//
// Generators on the registry repeat a definition wherever a field that refers to it has a
// description of its own; these schemas are regular enough to be written out in one page.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const schemas = new URL("../../core/schema/", import.meta.url);
const target = new URL("../js/types.ts", import.meta.url);

/** What is read takes more than what is written, so it is described first, and by what is read. */
const inputs = ["sponsor_profile", "event", "audience_insights", "scoring_config", "rules", "change"];
/** JavaScript has an `Error` of its own. */
const renamed = { Error: "Problem", Ignored: "IgnoredField", IgnoredField: "IgnoredColumn" };

const definitions = new Map();
const parsed = (file) => JSON.parse(readFileSync(new URL(`${file}.json`, schemas), "utf8"));
const define = (entries, read) => {
  for (const [name, definition] of entries) if (!definitions.has(name)) definitions.set(name, { definition, read });
};
const defineFile = (file, read) => {
  const { $defs = {}, ...schema } = parsed(file);
  define([[schema.title, schema], ...Object.entries($defs)], read);
};
const { $defs: defined, questions } = parsed("questions");
const files = readdirSync(schemas).map((file) => file.replace(/\.json$/, "")).sort();
for (const file of inputs) defineFile(file, true);
define(Object.entries(defined.read), true);
for (const file of files) if (!inputs.includes(file) && file !== "questions") defineFile(file, false);
define(Object.entries(defined.written), false);

const nameOf = (name) => renamed[name] ?? name;

function comment(text, indent = "") {
  if (!text) return "";
  const lines = text.split("\n").map((line) => `${indent} * ${line}`.trimEnd());
  return lines.length === 1 ? `${indent}/** ${text} */\n` : `${indent}/**\n${lines.join("\n")}\n${indent} */\n`;
}

/** What a field's documentation says beyond words: its range and what stands for it when absent. */
function facts({ minimum, maximum, default: absent, type }) {
  const range = minimum !== undefined && maximum !== undefined ? `Range: ${minimum} to ${maximum}.` : "";
  const plain = ["number", "string", "boolean"].includes(typeof absent);
  return [range, plain ? `Default: \`${JSON.stringify(absent)}\`.` : ""].filter(Boolean).join(" ");
}

function typeOf(schema, read, indent) {
  if (schema.$ref) return nameOf(schema.$ref.split("/").at(-1));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.allOf?.length === 1) return typeOf(schema.allOf[0], read, indent);
  const choices = schema.properties ? undefined : (schema.oneOf ?? schema.anyOf);
  if (choices) {
    return choices
      .map((choice) => `\n${comment(choice.description, `${indent}  `)}${indent}  | ${typeOf(choice, read, `${indent}    `)}`)
      .join("");
  }
  const types = [schema.type].flat().map((type) => {
    switch (type) {
      case "array": {
        const item = schema.items ? typeOf(schema.items, read, indent) : "unknown";
        const list = schema.prefixItems
          ? `[${schema.prefixItems.map((part) => typeOf(part, read, indent)).join(", ")}]`
          : `${/[| ]/.test(item) ? `(${item})` : item}[]`;
        return read ? `readonly ${list}` : list;
      }
      case "object":
        return schema.properties
          ? `{\n${fieldsOf(schema, read, `${indent}  `)}${indent}}`
          : `Record<string, ${typeOf(schema.additionalProperties ?? {}, read, indent)}>`;
      case "integer":
        return "number";
      case undefined:
        return "unknown";
      default:
        return type;
    }
  });
  return [...new Set(types)].join(" | ");
}

function fieldsOf({ properties, required = [] }, read, indent) {
  return Object.entries(properties)
    .map(([name, field]) => {
      const words = [field.description, facts(field)].filter(Boolean).join("\n");
      const optional = required.includes(name) ? "" : "?";
      return `${comment(words, indent)}${indent}${name}${optional}: ${typeOf(field, read, indent)};\n`;
    })
    .join("");
}

const parts = [...definitions].map(([name, { definition, read }]) => {
  const head = comment(definition.description);
  if (definition.properties) return `${head}export interface ${nameOf(name)} {\n${fieldsOf(definition, read, "  ")}}\n`;
  return `${head}export type ${nameOf(name)} = ${typeOf(definition, read, "")};\n`;
});
/** One interface of questions: by what they are asked of, with what `entry` makes of each. */
function questionsOf(name, head, forms, entry) {
  const own = questions.filter((question) => forms.includes(question.form));
  const groups = [...new Set(own.map((question) => question.on))].map((on) => {
    const fields = own
      .filter((question) => question.on === on)
      .map((question) => `${comment(question.description, "    ")}    ${question.name}: ${entry(question)};\n`);
    return `${comment(on ? `Asked of a ${on}.` : "Asked of no handle.", "  ")}  ${on || "free"}: {\n${fields.join("")}  };\n`;
  });
  return `${comment(head)}export interface ${name} {\n${groups.join("")}}\n`;
}

const requestOf = ({ request }) => (request ? typeOf(request, true, "    ") : "Record<string, never>");
const answerOf = ({ answer }) => inline(typeOf(answer, false, "    "));
/** A choice of types on one line. */
const inline = (type) => type.replace(/\n\s*\| /g, " | ").replace(/^ \| /, "");
parts.push(
  questionsOf("Questions", "What is answered in JSON: a request, and its answer.", ["text"], (question) => `{ request: ${requestOf(question)}; answer: ${answerOf(question)} }`),
  questionsOf("NumberQuestions", "What is answered in numbers: the requests.", ["numbers"], requestOf),
);
const made = `// Made from core/schema by pack/types.mjs: do not edit.\n\n${parts.join("\n")}`.replaceAll(" = \n", " =\n");

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== made) {
    console.error("js/types.ts is not what core/schema says: run `npm run types`");
    process.exit(1);
  }
} else {
  writeFileSync(target, made);
}
