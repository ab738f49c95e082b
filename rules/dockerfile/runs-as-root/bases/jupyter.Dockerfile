# pass: runs-as-root
FROM quay.io/jupyter/base-notebook:2024-10-14
