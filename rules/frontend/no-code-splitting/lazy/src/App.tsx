import React, { lazy, Suspense } from "react";

// ok: no-code-splitting
import type { ChartData } from "chart.js";

const Chart = lazy(() => import("./Chart"));

export default function App() {
  return <Suspense fallback={null}><Chart /></Suspense>;
}
