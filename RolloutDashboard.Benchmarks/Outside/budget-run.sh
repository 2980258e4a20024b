#!/bin/bash
# budget-run.sh PORT DLL-DIR: the same with a paid provider whose budget of an hour is used up; each step of the clock must leave it used up.
port=$1; dll=$2; here=$(cd "$(dirname "$0")" && pwd)
data=$(mktemp -d "${TMPDIR:-/tmp}"/budget.XXXX); echo 0 > "$data.clock"
python3 "$here/provider.py" & provider=$!
cd "$dll"
env KEY=secret-of-the-test CLOCK_FILE="$data.clock" LD_PRELOAD="$here/clock.so" dotnet RolloutDashboard.dll --Storage:DataDirectory="$data" --Urls=http://127.0.0.1:$port \
  --Rollout:Demo=true --Loop:Pace=00:00:01 --Llm:Budget:UsdPerHour=0.2 --Llm:Providers:0:Name=fake --Llm:Providers:0:Model=m --Llm:Providers:0:Endpoint=http://127.0.0.1:5939/v1 \
  --Llm:Providers:0:ApiKeyEnvironmentVariable=KEY --Llm:Providers:0:PricePerMillionInput=10 --Llm:Providers:0:PricePerMillionOutput=10 > "$data.log" 2>&1 &
pid=$!
for i in $(seq 120); do curl -fs -o /dev/null http://127.0.0.1:$port/healthz && break; sleep 1; done
look() {
  file=$(ls "$data"/spend* 2>/dev/null | head -1)
  echo "== $1: spent $(awk '{s+=$2} END {print s+0}' "$file") US dollars in $(wc -l < "$file") answers, times of the file $(head -1 "$file" | cut -c1-19) to $(tail -1 "$file" | cut -c1-19), server's clock $(date -u -d "@$(( $(date +%s) + $(cat "$data.clock") ))" +%Y-%m-%dT%H:%M:%S)"
}
sleep 40; look before
for step in -3600 3600 90000 -90000; do
  echo $(( $(cat "$data.clock") + step )) > "$data.clock"; sleep 40
  look "after a step of $(python3 -c "print($step/3600)") h"
done
grep -E "waits|goes on|clock was set" "$data.log" | cut -c1-200
kill -TERM $pid; wait $pid; echo "== exit $?"; kill $provider
