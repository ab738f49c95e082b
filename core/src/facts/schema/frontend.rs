//! Facts about front ends: settings of Next.js and TypeScript, what modules import, what they keep in the browser.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A setting of `next.config.*` or `vite.config.*`, by its path of keys, where its value is literal; functions that a
    /// server must run have the value `function`.
    pub struct FrontendSetting in "frontend_setting" {
        /// `next` or `vite`.
        tool: &'static str,
        /// Path of the file.
        #[indexed] path: String,
        /// Folder of the file.
        #[indexed] folder: String,
        /// For example `typescript.ignoreBuildErrors`.
        #[indexed] key: String,
        /// The value as written.
        value: String,
    }

    /// A configuration of the TypeScript compiler. `span` is its first byte.
    pub struct Tsconfig in "tsconfig" {
        /// Path of the file.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// `strict`, after `extends`; NULL where nothing states it.
        strict: Option<bool>,
        /// Where `strict` stands.
        strict_span: Option<crate::source::Span>,
        /// What it extends and is not in the tree.
        unresolved_base: Option<String>,
    }

    /// A module of JavaScript or TypeScript. `span` is its first byte.
    pub struct FrontendModule in "frontend_module" {
        /// Path of the file.
        #[indexed] path: String,
        /// Whether it begins with `"use client"`.
        is_client: bool,
        /// `page`, `layout`, `provider`, `component` or `other`, by its name and folder.
        role: &'static str,
    }

    /// An import of a package by a module of JavaScript or TypeScript.
    pub struct FrontendImport in "frontend_import" {
        /// The module.
        module: RowId,
        /// The package, for example `recharts` or `@mui/material`.
        #[indexed] package: String,
        /// What is imported, with its path in the package.
        specifier: String,
        /// Whether it is loaded when needed: `import(…)`, `dynamic`, `lazy`.
        is_dynamic: bool,
        /// Whether only types are imported.
        is_type: bool,
    }

    /// A value that code keeps in `localStorage` or `sessionStorage`.
    pub struct FrontendStorageWrite in "frontend_storage_write" {
        /// The module.
        module: RowId,
        /// `localStorage` or `sessionStorage`.
        store: &'static str,
        /// The key as written, without quotes.
        #[indexed] key: String,
        /// Whether the key is a text, and no name that stands for one.
        is_literal: bool,
    }

    /// A request that code makes by `fetch`, `axios` or a client of that kind, where its path can be read.
    pub struct FrontendRequest in "frontend_request" {
        /// The module.
        module: RowId,
        /// HTTP method in capitals; NULL where it is not written.
        method: Option<String>,
        /// Who is asked: the part before the path, as written; empty where the path stands alone.
        host: String,
        /// The path, with `{}` for parts that are not constant, without its query.
        #[indexed] path: String,
    }

    /// A value that code reads from `localStorage` or `sessionStorage`.
    pub struct FrontendStorageRead in "frontend_storage_read" {
        /// The module.
        module: RowId,
        /// `localStorage` or `sessionStorage`.
        store: &'static str,
        /// The key as written, without quotes.
        #[indexed] key: String,
        /// Whether the key is a text, and no name that stands for one.
        is_literal: bool,
    }

    /// HTML that code puts into a page without escaping.
    pub struct FrontendHtmlWrite in "frontend_html_write" {
        /// The module.
        module: RowId,
        /// `dangerouslySetInnerHTML`, `innerHTML`, `outerHTML`, `insertAdjacentHTML` or `document.write`.
        sink: &'static str,
        /// The expression as written, its first 300 bytes.
        value: String,
        /// Where the expression is a name: what the same module sets it to.
        origin: Option<String>,
        /// Whether it is made of texts alone.
        is_constant: bool,
    }

    /// A client of HTTP that code makes, or a call of `fetch` for an address that it is given.
    pub struct FrontendClient in "frontend_client" {
        /// The module.
        module: RowId,
        /// `axios`, `axios_defaults` or `fetch`.
        #[indexed] kind: &'static str,
        /// Whether a time limit is set, for `fetch` anywhere in the module; NULL where the options are made elsewhere.
        has_timeout: Option<bool>,
    }

    /// A read of an environment variable.
    pub struct FrontendEnvironmentRead in "frontend_environment_read" {
        /// The module.
        module: RowId,
        /// The variable.
        #[indexed] variable: String,
    }
}
