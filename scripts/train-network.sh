#!/usr/bin/env bash
# Trains a network on a GPU machine without .NET, in one or several commands of one machine:
#
#   scripts/train-network.sh NETWORK MINUTES PLANNED [OUTPUT] [OPTION…]
#
# NETWORK   person, pose or generator
# MINUTES   time of this command, from its first to its last second
# PLANNED   minutes of the whole schedule: the same in every command of it
# OUTPUT    folder for weights, curve, samples and log; $OUT if not given ("" counts as not given)
# OPTION    more options of `impersonator train NETWORK`, e.g. --seed 2
#
# Needs in .gpu/: the published program (dotnet publish src/Impersonator.Cli -c Release -r linux-x64 -p:ForDevice=true -o .gpu),
# people.pack, and if it shall go on from earlier weights, start.safetensors (pose: pose-start.safetensors, generator:
# generator-start.safetensors). Pose learns from the answers, and generator by the features, of .gpu/person-net.safetensors, or of
# models/person-net.safetensors if there is none. Within one machine a later command goes on from the whole state that the earlier one
# left in /tmp; STATE names another file for it (another network needs one of its own).
set -euo pipefail
cd "$(dirname "$0")/.."
network=$1 minutes=$2 planned=$3 output=${4:-$OUT}
shift $(($# < 4 ? $# : 4))
home=/tmp/impersonator state=${STATE:-/tmp/$network-net.state}
mkdir -p "$home" "$output"
cp -u .gpu/* "$home/"
chmod +x "$home/Impersonator.Cli"
start=start.safetensors more=()
if [ "$network" != person ]; then
  start=$network-start.safetensors
  person=models/person-net.safetensors
  if [ -f "$home/person-net.safetensors" ]; then person=$home/person-net.safetensors; fi
  more=(--person "$person")
fi
from=()
if [ -f "$state" ]; then from=(--resume "$state")
elif [ -f ".gpu/$start" ]; then from=(--resume "$home/$start"); fi
pack=()
if [ -f "$home/people.pack" ]; then pack=(--pack "$home/people.pack"); fi
# Painters make garbage on every core: collect it on every core.
DOTNET_gcServer=1 "$home/Impersonator.Cli" train "$network" "${pack[@]}" "${more[@]}" --minutes "$minutes" --plan "$planned" --device "${DEVICE:-cuda}" \
  --state "$state" "${from[@]}" -o "$output" "$@" 2>&1 | tee "$output/log.txt"
