#!/usr/bin/env bash
# Trains PersonNet on a GPU machine without .NET, in one or several commands of one machine:
#
#   scripts/train-person.sh MINUTES PLANNED [OUTPUT] [OPTION…]
#
# MINUTES   time of this command, from its first to its last second
# PLANNED   minutes of the whole schedule: the same in every command of it
# OUTPUT    folder for weights, curve, samples and log; $OUT if not given ("" counts as not given)
# OPTION    more options of `impersonator train person`, e.g. --seed 2
#
# Needs in .gpu/: the published program (dotnet publish src/Impersonator.Cli -c Release -r linux-x64 -p:ForDevice=true -o .gpu),
# people.pack, and if it shall go on from earlier weights, start.safetensors. Within one machine a later command goes on from
# the whole state that the earlier one left in /tmp.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=$1 planned=$2 output=${3:-$OUT}
shift $(($# < 3 ? $# : 3))
home=/tmp/impersonator state=/tmp/person-net.state
mkdir -p "$home" "$output"
cp -u .gpu/* "$home/"
chmod +x "$home/Impersonator.Cli"
from=()
if [ -f "$state" ]; then from=(--resume "$state")
elif [ -f .gpu/start.safetensors ]; then from=(--resume "$home/start.safetensors"); fi
pack=()
if [ -f "$home/people.pack" ]; then pack=(--pack "$home/people.pack"); fi
# Painters make garbage on every core: collect it on every core.
DOTNET_gcServer=1 "$home/Impersonator.Cli" train person "${pack[@]}" --minutes "$minutes" --plan "$planned" --device "${DEVICE:-cuda}" \
  --state "$state" "${from[@]}" -o "$output" "$@" 2>&1 | tee "$output/log.txt"
