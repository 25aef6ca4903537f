#!/usr/bin/env bash
# Trains PersonNet: scripts/train-person.sh MINUTES PLANNED [OUTPUT] [OPTION…], as scripts/train-network.sh says.
exec "$(dirname "$0")/train-network.sh" person "$@"
