// The platforms with a binary of their own, and the packages that carry them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { carryLicences, LICENCES } from "./licences.mjs";

const here = join(import.meta.dirname, "..");

/** By the end of the package's name: the Rust target, the library that cargo builds, and what npm asks for. */
export const platforms = {
  "linux-x64-gnu": { target: "x86_64-unknown-linux-gnu", os: "linux", cpu: "x64", libc: "glibc" },
  "linux-arm64-gnu": { target: "aarch64-unknown-linux-gnu", os: "linux", cpu: "arm64", libc: "glibc" },
  "linux-x64-musl": { target: "x86_64-unknown-linux-musl", os: "linux", cpu: "x64", libc: "musl" },
  "linux-arm64-musl": { target: "aarch64-unknown-linux-musl", os: "linux", cpu: "arm64", libc: "musl" },
  "darwin-x64": { target: "x86_64-apple-darwin", os: "darwin", cpu: "x64" },
  "darwin-arm64": { target: "aarch64-apple-darwin", os: "darwin", cpu: "arm64" },
  "win32-x64-msvc": { target: "x86_64-pc-windows-msvc", os: "win32", cpu: "x64" },
  "win32-arm64-msvc": { target: "aarch64-pc-windows-msvc", os: "win32", cpu: "arm64" },
};

export function libraryOf({ os }) {
  return { linux: "libsponsorfit_node.so", darwin: "libsponsorfit_node.dylib", win32: "sponsorfit_node.dll" }[os];
}

/** Writes the package of a platform, but for the binary, and returns its folder. */
export function layOut(name) {
  const { os, cpu, libc } = platforms[name];
  const { version, license, repository } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const folder = join(here, "npm", name);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: `sponsorfit-${name}`,
    version,
    description: `The native binary of sponsorfit for ${name}`,
    license,
    repository,
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    main: "sponsorfit.node",
    files: ["sponsorfit.node", ...LICENCES],
    engines: { node: ">=20" },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, "README.md"), `# sponsorfit-${name}\n\nThe native binary of \`sponsorfit\` for ${name}.\n`);
  carryLicences(folder);
  return folder;
}

/** Makes the main package ask for the binaries of these platforms, as it is done before it is published. */
export function withOptional(manifest, names) {
  const optional = names.map((name) => [`sponsorfit-${name}`, manifest.version]);
  return { ...manifest, optionalDependencies: Object.fromEntries(optional) };
}
