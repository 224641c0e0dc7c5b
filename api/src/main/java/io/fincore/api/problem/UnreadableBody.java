package io.fincore.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** A body that cannot be read into the resource's fields: where, and what was expected there. */
final class UnreadableBody {

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate [Ff]ield '([^']{1,100})'");

    private UnreadableBody() {}

    static ProblemException explain(HttpMessageNotReadableException unreadable) {
        // A body that is too long is noticed while it is parsed, and arrives wrapped.
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonMappingException mapping
                    && !mapping.getPath().isEmpty()) {
                return duplicate(mapping).orElseGet(() -> atField(mapping));
            }
            if (cause instanceof JsonProcessingException json) {
                return duplicate(json).orElseGet(() -> notJson(json));
            }
        }
        return new ProblemException(ProblemType.MALFORMED_REQUEST, "A JSON body is needed here.");
    }

    private static ProblemException notJson(JsonProcessingException json) {
        String where = json.getLocation() == null
                ? ""
                : " at line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr();
        String detail = json instanceof MismatchedInputException
                ? "The body is not a JSON object."
                : "The body is not well-formed JSON" + where + ".";
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }

    private static Optional<ProblemException> duplicate(JsonProcessingException json) {
        return DUPLICATE
                .matcher(String.valueOf(json.getOriginalMessage()))
                .results()
                .findFirst()
                .map(twice -> new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "The field '" + twice.group(1) + "' appears twice in one object."));
    }

    private static ProblemException atField(JsonMappingException mapping) {
        String pointer = mapping.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : escape(step.getFieldName())))
                .collect(Collectors.joining());
        if (unparsable(mapping)) {
            return new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not well-formed JSON.");
        }
        String detail = switch (mapping) {
            case UnrecognizedPropertyException unknown -> "is not a field of this request";
            case MismatchedInputException mismatch -> expected(mismatch.getTargetType());
            default -> "is out of range";
        };
        return new ProblemException(
                ProblemType.INVALID_REQUEST, "One field breaks a rule.", List.of(new FieldError(pointer, detail)));
    }

    /** Broken JSON inside an object arrives wrapped, with the path to the object. */
    private static boolean unparsable(JsonMappingException mapping) {
        return mapping.getCause() instanceof com.fasterxml.jackson.core.JsonParseException
                || mapping.getCause() instanceof com.fasterxml.jackson.core.io.JsonEOFException;
    }

    private static String expected(@Nullable Class<?> target) {
        if (target == null) {
            return "has the wrong type";
        }
        if (target == Long.class || target == Integer.class || target == long.class || target == int.class) {
            return "must be a whole number in range, without fraction, exponent or quotes";
        }
        if (target == String.class) {
            return "must be a text without control characters of JSON's own";
        }
        if (target.isEnum()) {
            return "must be one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(constant -> "'" + constant.toString().toLowerCase(java.util.Locale.ROOT) + "'")
                            .collect(Collectors.joining(", "));
        }
        if (target == java.time.LocalDate.class) {
            return "must be a date such as '1990-12-31'";
        }
        return Map.class.isAssignableFrom(target) || target.isRecord() ? "must be an object" : "has the wrong type";
    }

    /** RFC 6901, section 3. */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
