package io.fincore.api.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Ends a request with a problem. Carries no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is away for a moment is back by then. */
    private static final Duration OUTAGE = Duration.ofSeconds(2);

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(type, detail, errors, null);
    }

    public ProblemException(ProblemType type, String detail, Duration retryAfter) {
        this(type, detail, List.of(), retryAfter);
    }

    private ProblemException(ProblemType type, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter == null && type.status() == HttpStatus.SERVICE_UNAVAILABLE ? OUTAGE : retryAfter;
    }

    /** Refuses a query parameter, with a detail such as "is 1 to 100". */
    public static ProblemException parameter(String name, String detail) {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER,
                "The parameter '" + name + "' " + detail + ".",
                List.of(new FieldError(name, detail)));
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** When a repetition makes sense, for the {@code Retry-After} header; whole seconds. Each 503 has one. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
