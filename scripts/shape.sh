#!/usr/bin/env bash
# Prints the shape of the code: files, lines, methods, package sizes, visibility, and words that docs/vocabulary.md
# replaces. Compares nothing: run it on two checkouts.
#
#   scripts/shape.sh [checkout]
#
# JAVA_HOME   a JDK 25 or newer; else the `java` on the path
set -euo pipefail

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" "$(dirname "$0")/Shape.java" "${1:-$(dirname "$0")/..}"
