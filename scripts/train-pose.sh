#!/usr/bin/env bash
# Trains PoseNet: scripts/train-pose.sh MINUTES PLANNED [OUTPUT] [OPTION…], as scripts/train-network.sh says.
exec "$(dirname "$0")/train-network.sh" pose "$@"
