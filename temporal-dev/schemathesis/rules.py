"""What this API asks of a request and JSON Schema cannot say: requests that break such a rule are not drawn as right ones."""

import re
import uuid
from datetime import date, datetime, timezone

import schemathesis
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

CURRENCIES = ["EUR", "USD", "JPY", "KWD"]
# Of several lengths and countries, with check digits.
IBANS = [
    "DE89370400440532013000",
    "NO9386011117947",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "MT84MALT011000012345MTLCAST001S",
]
BICS = ["DEUTDEFF", "DEUTDEFF500", "NDEANOKK"]
URL = re.compile(r"https://[a-z]{1,20}\.example\.com/[a-z0-9/]{0,40}\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
ANCHOR = "fincore-audit-anchor v1 1 {} 2026-01-01T00:00:00.000000Z"
# Where a cursor has to be the id of something that is in the list.
KNOWN_CURSORS = ["/v1/admin/sagas", "/v1/wallets/{id}/transactions"]

schemathesis.openapi.format("iban", st.sampled_from(IBANS))
schemathesis.openapi.format("bic", st.sampled_from(BICS))
schemathesis.openapi.format("iso-4217", st.sampled_from(CURRENCIES))
schemathesis.openapi.format("iso-3166-alpha-2", st.sampled_from(["DE", "NO", "US"]))
schemathesis.openapi.format("uri", st.from_regex(URL))
# Times are in UTC, and have passed; offsets of more than 18 hours, which RFC 3339 has, Java has not.
schemathesis.openapi.format(
    "date-time",
    st.datetimes(max_value=datetime(2026, 1, 1), timezones=st.just(timezone.utc)).map(
        lambda time: time.isoformat().replace("+00:00", "Z")
    ),
)
# The one date in a request is that of a birth.
schemathesis.openapi.format("date", st.dates(max_value=date(2020, 1, 1)).map(date.isoformat))


def is_right(case):
    """Whether the request is drawn as one that the description allows."""
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


@schemathesis.hook
def filter_case(context, case):
    return not is_right(case) or keeps_the_rules(case)


def keeps_the_rules(case):
    path = case.operation.path
    query = case.query or {}
    body = case.body if isinstance(case.body, dict) else {}
    cursors = {"starting_after", "ending_before"} & set(query)
    if len(cursors) == 2 or (cursors and path in KNOWN_CURSORS):
        return False
    # Addresses with control characters are refused as a whole.
    if any(CONTROL.search(text) for text in texts(query)):
        return False
    if "object_id" in query and "object" not in query:
        return False
    if path.endswith("/interventions"):
        return (body.get("action") == "resolve") == (body.get("resolution") is not None)
    return in_order(query) and has_come(query) and in_order(body) and all(moves_money(row) for row in rows(body))


def texts(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from texts(inner)
    else:
        yield str(value)


def in_order(span):
    return not ("from" in span and "to" in span) or span["from"] < (span["to"] or "9")


def has_come(query):
    """What a wallet was like is asked of the past; answers tell times of the future too, and those are drawn again."""
    now = datetime.now(timezone.utc).isoformat()
    return all((query.get(name) or "") < now for name in ("at", "to"))


def moves_money(transfer):
    return "destination" not in transfer or transfer["destination"] != transfer.get("source")


def rows(body):
    transfers = body.get("transfers")
    return [row for row in transfers if isinstance(row, dict)] if isinstance(transfers, list) else [body]


@schemathesis.hook
def map_case(context, case):
    """Amounts have no fraction, not even one of zero; not all that looks like a currency, an IBAN, a BIC, an anchor or a host is one."""
    if is_right(case) and isinstance(case.body, dict):
        for row in rows(case.body):
            if isinstance(row.get("amount"), float):
                row["amount"] = int(row["amount"])
            if isinstance(row.get("currency"), str) and row["currency"] not in CURRENCIES:
                row["currency"] = CURRENCIES[0]
        creditor = case.body.get("creditor")
        if isinstance(creditor, dict):
            if creditor.get("iban") not in IBANS:
                creditor["iban"] = IBANS[0]
            if creditor.get("bic") not in BICS:
                creditor.pop("bic", None)
        if isinstance(case.body.get("url"), str) and not URL.match(case.body["url"]):
            case.body["url"] = "https://hooks.example.com/"
        if case.body.get("anchors"):
            case.body["anchors"] = [ANCHOR.format("a" * 64)]
    return case


@schemathesis.hook
def before_call(context, case, kwargs):
    """Small values come again and again; a key that comes with two bodies is refused."""
    if is_right(case) and (case.headers or {}).get("Idempotency-Key"):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
