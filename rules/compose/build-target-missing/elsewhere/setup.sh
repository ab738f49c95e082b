#!/bin/sh
git clone --depth 1 https://git.example/acme/tool.git vendor/tool
