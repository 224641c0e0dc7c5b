package io.fincore.api.problem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.MethodArgumentNotValidException;

/** A body that can be read but breaks a rule: all broken rules at once, by pointer. */
final class InvalidBody {

    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private InvalidBody() {}

    static ProblemException explain(MethodArgumentNotValidException invalid) {
        List<FieldError> errors = invalid.getFieldErrors().stream()
                .map(error -> new FieldError(
                        pointer(error.getField()), Objects.requireNonNullElse(error.getDefaultMessage(), "is invalid")))
                .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::detail))
                .toList();
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                errors.size() == 1 ? "One field breaks a rule." : errors.size() + " fields break a rule.",
                errors);
    }

    /** {@code creditor.iban} is {@code /creditor/iban}, {@code metadata[a/b]} is {@code /metadata/a~1b}. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        int at = 0;
        while (at < path.length()) {
            if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                pointer.append('/').append(UnreadableBody.escape(path.substring(at + 1, end)));
                at = end + 1;
            } else {
                int from = path.charAt(at) == '.' ? at + 1 : at;
                int end = from;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                pointer.append('/').append(NAMES.translate(path.substring(from, end)));
                at = end;
            }
        }
        return pointer.toString();
    }
}
