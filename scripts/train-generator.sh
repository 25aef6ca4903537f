#!/usr/bin/env bash
# Trains the generator: scripts/train-generator.sh MINUTES PLANNED [OUTPUT] [OPTION…], as scripts/train-network.sh says.
exec "$(dirname "$0")/train-network.sh" generator "$@"
