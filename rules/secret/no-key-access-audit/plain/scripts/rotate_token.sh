#!/bin/sh
openssl rand -hex 16
