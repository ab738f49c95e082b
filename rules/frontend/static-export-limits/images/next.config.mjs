export default {
  // pass: static-export-limits
  output: "export",
  images: { unoptimized: true },
};
