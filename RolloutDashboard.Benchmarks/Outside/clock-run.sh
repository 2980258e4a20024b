#!/bin/bash
# clock-run.sh PORT DLL-DIR: the real server under clock.so; steps the clock -1 h, +1 h, +25 h, -25 h with 40 s in between.
# Prints, before and after each step: iterations a minute (over 30 s), events of the clock, open alerts, budget spent, a silence's rest.
port=$1; dll=$2; here=$(cd "$(dirname "$0")" && pwd)
data=$(mktemp -d "${TMPDIR:-/tmp}"/data.XXXX); echo 0 > "$data.clock"
[ -e "$here/clock.so" ] || gcc -shared -fPIC -O2 -o "$here/clock.so" "$here/clock.c" -ldl
cd "$dll"
env CLOCK_FILE="$data.clock" LD_PRELOAD="$here/clock.so" dotnet RolloutDashboard.dll --Storage:DataDirectory="$data" --Urls=http://127.0.0.1:$port \
  --Rollout:Demo=true --Loop:Pace=00:00:01 --Llm:Budget:UsdPerDay=100 > "$data.log" 2>&1 &
pid=$!
for i in $(seq 120); do curl -fs -o /dev/null http://127.0.0.1:$port/healthz && break; sleep 1; done
sql() { python3 - "$data/rollout.db" "$1" <<'P'
import sqlite3,sys
db=sqlite3.connect(f"file:{sys.argv[1]}?mode=ro",uri=True,timeout=30)
print("; ".join(" | ".join(str(x) for x in r) for r in db.execute(sys.argv[2]).fetchall()))
P
}
put() { python3 - "$data/rollout.db" "$1" <<'P'
import sqlite3,sys
db=sqlite3.connect(sys.argv[1],timeout=30); db.execute(sys.argv[2]); db.commit()
P
}
# The server's wall clock in ticks, as the file shifts it.
ticks() { python3 -c "import time;print(int((time.time()+$(cat "$data.clock"))*1e7)+621355968000000000)"; }
rate() { a=$(sql 'select count(*) from Iterations where EndedAt is not null'); sleep 30; b=$(sql 'select count(*) from Iterations where EndedAt is not null'); echo $(( (b-a)*2 )); }
sleep 20
put "insert into Alerts(RolloutId,Rule,Severity,Phase,IsCurrent,Text,Since,FiredAt,SilencedUntil) values(1,'planted',1,2,1,'planted',$(ticks),$(ticks),$(ticks)+36000000000*2)"
# An order of a real look: rate, then what is stored.
look() {
  echo "== $1: $(rate) iterations a minute"
  echo "   events: $(sql "select Text from Events where Source='clock' order by Id")"
  echo "   alerts: $(sql "select Rule, Phase from Alerts where IsCurrent and Phase in (1,2) and Rule<>'planted'")"
  echo "   silence has left: $(python3 -c "print(round(($(sql "select SilencedUntil from Alerts where Rule='planted'")-$(ticks))/6e8,2),'minutes')")"
  echo "   attempt's age: $(python3 -c "print(round(($(ticks)-$(sql "select AttemptStartedAt from Rollouts"))/6e8,2),'minutes')"), heartbeat $(python3 -c "print(round(($(ticks)-$(sql "select max(LastHeartbeatAt) from ProcessSessions"))/1e7),'s')") old, latest record $(python3 -c "print(round(($(ticks)-$(sql "select EndedAt from Iterations where EndedAt is not null order by Number desc limit 1"))/1e7),'s')") old"
  echo "   spending file: $(cat "$data/spending" 2>/dev/null | wc -l) lines; healthz $(curl -s -o /dev/null -w '%{http_code} %{time_total}' http://127.0.0.1:$port/healthz)"
}
look "before"
for step in -3600 3600 90000 -90000; do
  echo $(( $(cat "$data.clock") + step )) > "$data.clock"; sleep 10
  look "after a step of $(python3 -c "print($step/3600)") h"
done
echo "== records that end before they begin: $(sql 'select count(*) from Iterations where EndedAt < ClaimedAt')"
echo "== findings: $(sql "select Code from Findings where ClearedAt is null")"
echo "== log: $(grep -c "machine's clock was set" "$data.log") lines of the clock"; grep -E "warn|fail|crit" -A1 "$data.log" | grep -v "^--" | cut -c1-220 | tail -30
kill -TERM $pid; wait $pid; echo "== exit $?"
