package io.fincore.api.problem;

import io.fincore.api.request.RequestIdentity;
import io.fincore.api.request.RequestTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** The one place where what went wrong becomes a problem. Details are our own words: never a message of a library. */
@RestControllerAdvice
public class ProblemHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    /** An answer that is on its way already is broken off by the filter: a problem behind it would look like a part of it. */
    @ExceptionHandler
    public @Nullable ResponseEntity<Problem> handle(
            Exception thrown, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // The container has answered a client that sends nothing more; it needs no breaking off.
            if (response.getStatus() != HttpStatus.REQUEST_TIMEOUT.value()) {
                request.setAttribute(ProblemFilter.BROKEN_OFF, thrown);
            }
            return null;
        }
        HttpHeaders headers = thrown instanceof ErrorResponse error ? error.getHeaders() : HttpHeaders.EMPTY;
        ProblemException problem = translate(thrown);
        RequestTrail.problem(request, problem.type(), thrown);
        return Problem.answer(problem, RequestIdentity.of(request), headers);
    }

    /** What a client is told, by the filters too, which no advice covers; logs what is nobody's fault but ours. */
    public static ProblemException translate(Exception thrown) {
        return switch (thrown) {
            case ProblemException problem -> problem;
            case HttpMessageNotReadableException unreadable -> UnreadableBody.explain(unreadable);
            case MethodArgumentNotValidException invalid -> InvalidBody.explain(invalid);
            case MissingServletRequestParameterException missing ->
                ProblemException.parameter(missing.getParameterName(), "is required here");
            case MethodArgumentTypeMismatchException mismatch ->
                ProblemException.parameter(mismatch.getName(), "has no allowed value");
            case ErrorResponse error -> ofStatus(error.getStatusCode());
            case RequestRejectedException rejected ->
                new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "The address or a header has characters that are not allowed there.");
            case DataAccessResourceFailureException outage -> outage(outage);
            case TransientDataAccessException outage -> outage(outage);
            case TransactionException outage -> outage(outage);
            default -> {
                LOG.error("a request failed", thrown);
                yield new ProblemException(ProblemType.INTERNAL_ERROR, "Something failed on our side.");
            }
        };
    }

    /** What a client is told whom the container has refused. */
    public static ProblemException ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> new ProblemException(ProblemType.UNAUTHENTICATED, "Send a valid bearer token.");
            case 403 -> new ProblemException(ProblemType.INSUFFICIENT_SCOPE, "The token does not allow this.");
            case 404 -> new ProblemException(ProblemType.NOT_FOUND, "There is no such resource.");
            case 405 -> new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "Use one of the methods in Allow.");
            case 406 -> new ProblemException(ProblemType.NOT_ACCEPTABLE, "Ask for application/json.");
            case 408 -> new ProblemException(ProblemType.REQUEST_TIMEOUT, "The request took too long to come.");
            case 413 -> new ProblemException(ProblemType.BODY_TOO_LARGE, "The request is too large.");
            case 415 -> new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
            case 503 -> new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The platform is busy or restarting.");
            default ->
                status.is4xxClientError()
                        ? new ProblemException(ProblemType.MALFORMED_REQUEST, "The request cannot be understood.")
                        : new ProblemException(ProblemType.INTERNAL_ERROR, "Something failed on our side.");
        };
    }

    private static ProblemException outage(Exception thrown) {
        LOG.warn("the database did not answer: {}", thrown.toString());
        return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The database is not reachable.");
    }
}
