package io.fincore.api.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every kind of error a client can meet. Codes and URIs are part of the contract: they are added, never changed. */
public enum ProblemType {
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request cannot be read",
            "The body is not JSON, a field appears twice, or the request line or a header is broken. Nothing was"
                    + " done."),
    INVALID_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request breaks a rule",
            "`errors` names every offending field by JSON pointer: missing, unknown, of another type or out of range."
                    + " Nothing was done and nothing is stored under the idempotency key."),
    INVALID_PARAMETER(
            HttpStatus.BAD_REQUEST,
            "A query parameter cannot be used",
            "The parameter is unknown for this resource, missing, or its value is not allowed. `errors` names it."),
    IDEMPOTENCY_KEY_MISSING(
            HttpStatus.BAD_REQUEST,
            "The Idempotency-Key header is missing",
            "This request must not be carried out twice. Send a fresh key with each new order, and the same key when"
                    + " you repeat one."),
    IDEMPOTENCY_KEY_INVALID(
            HttpStatus.BAD_REQUEST,
            "The Idempotency-Key header cannot be used",
            "A key is 1 to 255 printable ASCII characters, given once."),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            "A valid access token is needed",
            "The bearer token is missing, expired, from another issuer, for another audience, or signed with an"
                    + " algorithm that is not allowed."),
    SIGNATURE_INVALID(
            HttpStatus.UNAUTHORIZED,
            "The callback's signature is not valid",
            "The Standard Webhooks headers are missing, older or newer than five minutes, or do not match the body."),
    INSUFFICIENT_SCOPE(
            HttpStatus.FORBIDDEN,
            "The token's scopes do not allow this",
            "`detail` and `WWW-Authenticate` tell what is missing."),
    INSUFFICIENT_ROLE(
            HttpStatus.FORBIDDEN,
            "The person's roles do not allow this",
            "The client has the scope; `detail` and `WWW-Authenticate` tell which role the person needs besides."),
    ORIGIN_NOT_ALLOWED(
            HttpStatus.FORBIDDEN,
            "A page of another origin may not do this",
            "A browser asks on behalf of a page. Only Temporal's Web UI may, and only to have payloads decoded. Nothing was done."),
    CASE_RESOLVER_IS_CREATOR(
            HttpStatus.FORBIDDEN,
            "Whoever ordered a payment may not resolve its case",
            "Another principal of the same tenant has to decide."),
    INTERVENTION_NEEDS_ANOTHER_PERSON(
            HttpStatus.FORBIDDEN,
            "Whoever asked for an intervention may not approve it",
            "It moves money: another principal of the same tenant has to agree."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address", "The path names no resource of this API."),
    PAYMENT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such payment", "Unknown, or it belongs to someone else."),
    WALLET_NOT_FOUND(HttpStatus.NOT_FOUND, "No such wallet", "Unknown, or it belongs to someone else."),
    CUSTOMER_NOT_FOUND(HttpStatus.NOT_FOUND, "No such customer", "Unknown, or it belongs to someone else."),
    REFUND_NOT_FOUND(HttpStatus.NOT_FOUND, "No such refund", "Unknown, or it belongs to someone else."),
    ACTIVATION_NOT_FOUND(
            HttpStatus.NOT_FOUND, "No such activation", "Unknown, another customer's, or it belongs to someone else."),
    SAGA_NOT_FOUND(HttpStatus.NOT_FOUND, "No such saga", "Unknown, or it belongs to another tenant."),
    INTERVENTION_NOT_FOUND(HttpStatus.NOT_FOUND, "No such intervention", "Unknown, or it belongs to another saga."),
    BOOK_CHECK_NOT_FOUND(HttpStatus.NOT_FOUND, "No such check of the book", "No check has this id."),
    WEBHOOK_ENDPOINT_NOT_FOUND(
            HttpStatus.NOT_FOUND, "No such webhook endpoint", "Unknown, deleted, or it belongs to someone else."),
    WEBHOOK_DELIVERY_NOT_FOUND(
            HttpStatus.NOT_FOUND, "No such webhook delivery", "Unknown, or it went to another endpoint."),
    EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such event", "Unknown, or it belongs to someone else."),
    INBOUND_EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such callback", "No callback of a provider has this id."),
    ERASURE_NOT_FOUND(
            HttpStatus.NOT_FOUND, "No such erasure", "Unknown, another customer's, or it belongs to someone else."),
    CASE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such compliance case", "Unknown, or it belongs to another tenant."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "The resource has no such method",
            "The `Allow` header lists the methods it has."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE, "No acceptable representation", "The resource is served as `application/json`."),
    REQUEST_TIMEOUT(
            HttpStatus.REQUEST_TIMEOUT,
            "The request's body came too slowly",
            "`detail` tells how long one may take. Nothing was done, and the connection is closed."),
    IDEMPOTENCY_KEY_IN_FLIGHT(
            HttpStatus.CONFLICT,
            "The first request with this key is still being answered",
            "Repeat the request after `Retry-After` seconds with the same key."),
    WALLET_PENDING_ACTIVATION(
            HttpStatus.CONFLICT, "The wallet is not active yet", "It becomes active when its customer is verified."),
    WALLET_ACTIVE(HttpStatus.CONFLICT, "The wallet is active already", "It needs no activation any more."),
    ACTIVATION_IN_PROGRESS(
            HttpStatus.CONFLICT,
            "An activation of this wallet is under way",
            "There is one at a time. After it has been rejected or has failed, another one can be ordered."),
    WALLET_FROZEN(
            HttpStatus.CONFLICT, "The wallet is frozen", "It takes part in no new movement until it is unfrozen."),
    WALLET_CLOSED(HttpStatus.CONFLICT, "The wallet is closed", "A closed wallet stays closed."),
    WALLET_NOT_EMPTY(
            HttpStatus.CONFLICT,
            "The wallet is not empty",
            "A wallet is closed when its balance is zero and no hold is open. Withdraw or transfer what is left, and"
                    + " wait for payments under way."),
    BALANCE_TOO_LARGE(
            HttpStatus.CONFLICT,
            "The wallet cannot hold so much",
            "The balance would exceed 999999999999999999 minor units."),
    INSUFFICIENT_FUNDS(
            HttpStatus.CONFLICT,
            "The wallet has too little money",
            "`detail` tells what is available: the balance less what open holds reserve. Nothing was moved; a new"
                    + " attempt needs a fresh idempotency key."),
    PAYMENT_PROCESSING(
            HttpStatus.CONFLICT,
            "The payment is processing",
            "The bank has been asked: the payment can no longer be cancelled, and not be refunded before it is"
                    + " completed."),
    PAYMENT_PENDING(
            HttpStatus.CONFLICT, "The payment is pending", "It cannot be cancelled at this moment, nor be refunded."),
    PAYMENT_IN_REVIEW(
            HttpStatus.CONFLICT,
            "The payment is in review",
            "Its case has just been decided otherwise, or it is not completed and cannot be refunded."),
    PAYMENT_REQUIRES_MANUAL_INTERVENTION(
            HttpStatus.CONFLICT, "The payment is with an operator", "Its outcome at the bank is not known yet."),
    PAYMENT_COMPLETED(HttpStatus.CONFLICT, "The payment is completed", "Money comes back by a refund only."),
    PAYMENT_REJECTED(HttpStatus.CONFLICT, "The payment is rejected", "It ended without moving money."),
    PAYMENT_FAILED(HttpStatus.CONFLICT, "The payment has failed", "It ended without moving money."),
    PAYMENT_CANCELLED(HttpStatus.CONFLICT, "The payment is cancelled", "It ended without moving money."),
    PAYMENT_PARTIALLY_REFUNDED(
            HttpStatus.CONFLICT,
            "The payment is partially refunded",
            "It was completed before; it can only be refunded further."),
    PAYMENT_REFUNDED(HttpStatus.CONFLICT, "The payment is refunded", "It was completed and returned in full."),
    REFUND_EXCEEDS_REMAINDER(
            HttpStatus.CONFLICT,
            "More than is left of the payment",
            "All refunds of a payment together cannot exceed it, those under way included. Nothing was created."),
    INTERVENTION_NOT_POSSIBLE(
            HttpStatus.CONFLICT,
            "The saga does not take this intervention now",
            "`detail` names what is possible at this moment, if anything is."),
    INBOUND_EVENT_PENDING(
            HttpStatus.CONFLICT,
            "The callback is being handed on",
            "Only a dead one is replayed: this one is tried by itself, or was replayed a moment ago."),
    INBOUND_EVENT_DONE(
            HttpStatus.CONFLICT,
            "The callback has been handed on",
            "Only a dead one is replayed: this one has reached its workflow, or its end was compared with it."),
    CUSTOMER_ERASED(
            HttpStatus.CONFLICT,
            "The customer is erased",
            "The person was forgotten on their request: nothing can be begun for them, and nothing is left to erase."),
    ERASURE_IN_PROGRESS(
            HttpStatus.CONFLICT,
            "The customer is being erased",
            "There is one request at a time. It waits for what is open, or can be cancelled."),
    CASE_ALREADY_RESOLVED(
            HttpStatus.CONFLICT, "The case is already resolved", "The first decision stands; read the case to see it."),
    WEBHOOK_ENDPOINT_DISABLED(
            HttpStatus.CONFLICT,
            "The webhook endpoint is disabled",
            "It has answered 410. Resume it first, then replay what it has missed."),
    TOO_MANY_WEBHOOK_ENDPOINTS(
            HttpStatus.CONFLICT,
            "There are as many webhook endpoints as you may have",
            "Delete one that you do not need, or add its events to another."),
    REPLAY_TOO_LARGE(
            HttpStatus.CONFLICT,
            "The replay would bring too many events",
            "One replay brings 10,000 at most, and nothing was added. Replay shorter spans, one after the other."),
    PRECONDITION_FAILED(
            HttpStatus.PRECONDITION_FAILED,
            "The resource is not as the condition wants it",
            "No ETag in `If-Match` is the resource's present one: somebody changed it since you read it. Read it, decide again, and send a"
                    + " fresh idempotency key."),
    BODY_TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "The request body is too large", "`detail` tells the limit in bytes."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not supported", "Send `application/json`."),
    CURRENCY_MISMATCH(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "The wallet has another currency",
            "An amount is in the currency of its wallet."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "The idempotency key was used for another request",
            "Under this key a request with another path or body was answered. Use a fresh key for a new order."),
    RATE_LIMITED(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many requests at once",
            "A client has sent more than a limit allows, or more at the same time, which `detail` names: any operation answers so. Or more than"
                    + " ten updates of one workflow came at the same time, such as cancellations of one payment or notes on one case. Nothing"
                    + " was done. Repeat after `Retry-After` seconds with the same idempotency key."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The request failed for a reason of ours",
            "The same request with the same idempotency key is safe to repeat. Quote `request_id` when you ask about"
                    + " it."),
    SERVICE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "A part of the platform is not reachable",
            "Nothing is lost: repeat the request with the same idempotency key after `Retry-After` seconds."),
    OVERLOADED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The platform has more to do than it can take",
            "Nothing was done, whoever asks: repeat the request with the same idempotency key after `Retry-After` seconds, later each time."),
    WORKFLOW_ENGINE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The workflow engine is not reachable",
            "It is not certain that the order was taken: repeat it with the same idempotency key after `Retry-After`"
                    + " seconds, it will be carried out once."),
    PAYLOAD_KEY_MISSING(
            HttpStatus.SERVICE_UNAVAILABLE,
            "A key of what the workflow engine keeps is missing",
            "The order is not lost, but it, or the answer to it, cannot be read until an operator adds the key that `detail` names to"
                    + " FINCORE_PAYLOADS_KEYS. Repeat it with the same idempotency key then, it will be carried out once.");

    private static final String PAGES = "https://fincore.io/problems/";

    private final HttpStatus status;
    private final String title;
    private final String description;

    ProblemType(HttpStatus status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /** In lower case, as in the {@code code} member. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stable {@code type} member (RFC 9457, 3.1.1). */
    public URI uri() {
        return URI.create(PAGES + code());
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** For the documented page: what it means and what the client can do. */
    public String description() {
        return description;
    }
}
