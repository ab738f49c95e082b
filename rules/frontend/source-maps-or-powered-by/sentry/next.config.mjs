import { withSentryConfig } from "@sentry/nextjs";

const config = {
  // pass: source-maps-or-powered-by
  poweredByHeader: false,
  // unknown: source-maps-or-powered-by
  productionBrowserSourceMaps: true,
};
export default withSentryConfig(config, { sourcemaps: { deleteSourcemapsAfterUpload: true } });
