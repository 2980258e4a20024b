#!/bin/bash
# Runs the real server against echo.py twice (the first one is killed), then looks for traces. Needs a Debug build; BIN names its folder, PLAYWRIGHT that of Playwright.
here=$(cd "$(dirname "$0")" && pwd); cd "$(mktemp -d)"; mkdir pages
: "${BIN:?folder of RolloutDashboard.dll}"
export LLM_KEY='sk-live-9aB3xYz7QwErTy12Zq44' MAIL_PASSWORD='mail-Pass+word/4711=xyz' SMS_TOKEN='sms-Token-8812-abcdef' HOOK='http://127.0.0.1:18082/services/T024BE7LD/B0Q4X9Z1/aZ81kLmn02QpRsTu'
python3 "$here/echo.py" & E=$!
trap 'kill $E $S 2>/dev/null' EXIT
sleep 1
serve() {
  umask 022
  dotnet $BIN/RolloutDashboard.dll --Urls=http://127.0.0.1:18080 --Storage:DataDirectory=$PWD/data --Market:Stocks=30 --Market:Years=4 --Loop:Pace=00:00:00.2 \
   --Llm:Providers:0:Name=main --Llm:Providers:0:Kind=OpenAi --Llm:Providers:0:Model=m --Llm:Providers:0:Endpoint=http://127.0.0.1:18081/v1 --Llm:Providers:0:ApiKeyEnvironmentVariable=LLM_KEY --Llm:Providers:0:Retries=1 --Llm:Providers:0:RetryDelay=00:00:00.01 --Llm:Providers:0:BreakAfter=2 --Llm:Providers:0:BreakFor=00:00:01 \
   --Notifications:Email:Host=127.0.0.1 --Notifications:Email:Port=18084 --Notifications:Email:Security=None --Notifications:Email:From=a@example.org --Notifications:Email:To:0=b@example.org --Notifications:Email:UserName=user --Notifications:Email:PasswordEnvironmentVariable=MAIL_PASSWORD \
   --Notifications:Slack:WebhookUrlEnvironmentVariable=HOOK --Notifications:Sms:Url=http://127.0.0.1:18083/messages --Notifications:Sms:To:0=+49123 --Notifications:Sms:TokenEnvironmentVariable=SMS_TOKEN >>server.log 2>&1 & S=$!
}
serve
for i in $(seq 90); do curl -sf http://127.0.0.1:18080/healthz >/dev/null && break; sleep 1; done
echo "healthz: $(curl -s http://127.0.0.1:18080/healthz)"
LINK=$(grep -o 'http://[^ ]*account/first?token=[^ ]*' server.log | head -1)
sleep ${FIRST:-50}; kill -9 $S; wait $S 2>/dev/null
serve; sleep ${SECOND:-60}
link=$(dotnet $BIN/RolloutDashboard.dll sign-in-link --data data 2>/dev/null | grep -o 'http[^ ]*token=[^ ]*')
node "$here/echo-pages.js" http://127.0.0.1:18080 "$link" pages
ls -l data | head -20; kill -TERM $S; wait $S; echo "exit $?"
sqlite() { python3 -c "import sqlite3,sys; c=sqlite3.connect('file:data/rollout.db?mode=ro',uri=True); [print(*r) for r in c.execute(sys.argv[1])]" "$1"; }
sqlite "select 'iterations', count(*) from Iterations"
sqlite "select Channel, count(*), sum(Attempts), max(LastError) from Notifications group by Channel"
python3 "$here/echo-look.py" "$LLM_KEY" "$MAIL_PASSWORD" "$SMS_TOKEN" "B0Q4X9Z1/aZ81kLmn02QpRsTu" aZ81kLmn02QpRsTu -- server.log $(find data pages -type f)
