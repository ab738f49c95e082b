//! Facts of a small front end, and scripts that are wrong on purpose.

use super::*;
use crate::extract::sample::rows;

#[test]
fn modules_imports_storage_and_settings() {
    let page = "\"use client\"\n// import 'commented'\nimport { LineChart } from 'recharts'\nimport type { Props } from \"@mui/material/Button\"\nimport dynamic from 'next/dynamic'\nimport '@/styles.css'\nconst Editor = dynamic(() => import('@monaco-editor/react'))\nexport default function Page() {\n  localStorage.setItem(\"access_token\", token)\n  sessionStorage.theme = 'dark'\n  localStorage.getItem('x')\n  return fetch(`${process.env.NEXT_PUBLIC_API_URL}/x`)\n}\n";
    let next = "/** @type {import('next').NextConfig} */\nconst nextConfig = {\n  typescript: { ignoreBuildErrors: true },\n  eslint: {\n    ignoreDuringBuilds: false, // later\n  },\n  output: 'standalone',\n  images: { remotePatterns: [{ protocol: 'https', hostname: '**' }] },\n  async rewrites() { return [] },\n}\nmodule.exports = nextConfig\n";
    insta::assert_snapshot!(rows(
        &Frontend,
        &[("web/app/page.tsx", Artifact::TypeScript, page), ("web/next.config.js", Artifact::NextConfig, next)]
    ));
}

#[test]
fn strict_is_found_through_extends() {
    insta::assert_snapshot!(rows(
        &Frontend,
        &[
            ("base.json", Artifact::Json, "{}"),
            ("tsconfig.base.json", Artifact::Json, "{\"compilerOptions\": {\"strict\": true}}"),
            ("web/tsconfig.json", Artifact::Json, "{ // note\n \"extends\": \"../tsconfig.base.json\" }"),
            ("lib/tsconfig.json", Artifact::Json, "{\"extends\": \"@tsconfig/node20\"}"),
            ("loop/tsconfig.json", Artifact::Json, "{\"extends\": \"./tsconfig.json\"}"),
            ("packages/config/package.json", Artifact::PackageJson, "{\"name\": \"@repo/config\"}"),
            ("packages/config/base.json", Artifact::Json, "{\"compilerOptions\": {\"strict\": true}}"),
            ("packages/ui/tsconfig.json", Artifact::Json, "{\"extends\": \"@repo/config/base\"}"),
            (
                "vite/tsconfig.json",
                Artifact::Json,
                "{\"files\": [], \"references\": [{\"path\": \"./tsconfig.app.json\"}]}"
            ),
            ("vite/tsconfig.app.json", Artifact::Json, "{\"compilerOptions\": {\"strict\": true}}"),
            ("loose/tsconfig.json", Artifact::Json, "{\"compilerOptions\": {\"strict\": false}}"),
        ]
    ));
}

#[test]
fn wrong_scripts_break_nothing() {
    let open = "`".repeat(10_000);
    let braces = "{a:".repeat(50_000);
    for text in ["", "\"", "/*", "import", "import {", "'\\", "é.localStorage.", &open, &braces] {
        rows(&Frontend, &[("a.ts", Artifact::TypeScript, text), ("next.config.js", Artifact::NextConfig, text)]);
    }
}
