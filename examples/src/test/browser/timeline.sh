#!/usr/bin/env bash
# Looks at the timeline page of a running program with Chromium, and checks that it has drawn requests and their hops.
# The program must have answered such requests, among its last 200. Screenshots go to examples/target/.
#
# usage: timeline.sh BASE_URL [KIND...], for example: timeline.sh http://localhost:8080 home worker
#   KIND  what must have been drawn: home, worker, loop, caller, wait, failed or cancelled; else home, worker, loop, wait
set -euo pipefail

fail() { echo "timeline.sh: $*" >&2; exit 1; }

if [ $# -eq 0 ]; then
  sed -n 's/^# \(usage:\|  KIND\)/\1/p' "$0" >&2
  exit 2
fi
page=${1%/}/timeline
shift
if [ $# -eq 0 ]; then set -- home worker loop wait; fi
command -v chromium > /dev/null || fail "chromium is not installed"

target=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)/target
mkdir -p "$target"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# browse OPTION... URL: time is virtual, so that the page has its data before it is looked at.
browse() {
  timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
    --user-data-dir="$(mktemp -d -p "$work")" --virtual-time-budget=3000 "$@" 2> "$work/log" \
    || fail "chromium failed: $(tail -n 3 "$work/log")"
}

# count CLASS: how many elements of the page have it.
count() { grep -oE "class=\"[^\"]*\b$1\b" "$work/dom" | wc -l || true; }

code=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 "$page") || fail "nobody answers at $page"
[ "$code" = 200 ] || fail "$page answers with status $code"

browse --dump-dom "$page" > "$work/dom"
grep -q 'id="trouble"[^>]* hidden' "$work/dom" || fail "the page tells of trouble: $(grep -o 'id="trouble".*</p>' "$work/dom")"
sed -i '/<ol id="requests"/,$!d' "$work/dom" # the legend has bars, too
requests=$(count door)
[ "$requests" -gt 0 ] || fail "no request was drawn; send some first"
for kind in "$@"; do
  drawn=$(count "$kind")
  [ "$drawn" -gt 0 ] || fail "no '$kind' was drawn in $requests requests"
  echo "$kind: $drawn"
done
[ "$(count arrow)" -gt 0 ] || fail "no arrow was drawn to a hop"

address=$(grep -oE 'href="#trace=[^"]*"' "$work/dom" | sed -n 's/&amp;/\&/; s/^href="\(.*\)"$/\1/; 1p')
browse --dump-dom "$page$address" > "$work/closeup"
grep -q '<dialog [^>]*open' "$work/closeup" || fail "$page$address shows no request large"

browse --window-size=1280,1600 --screenshot="$target/timeline-light.png" "$page"
browse --window-size=1280,1600 --screenshot="$target/timeline-dark.png" --blink-settings=preferredColorScheme=0 "$page"
browse --window-size=600,1600 --screenshot="$target/timeline-narrow.png" "$page"
browse --window-size=1280,900 --screenshot="$target/timeline-request.png" "$page$address"
echo "$requests requests were drawn; see $target/timeline-*.png"
