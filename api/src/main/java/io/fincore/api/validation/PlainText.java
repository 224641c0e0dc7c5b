package io.fincore.api.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text that can stand in an XML message: something visible, no control characters, no line breaks. Null is left to {@code @NotNull}. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Check.class)
public @interface PlainText {

    /** The rule for JSON Schema. {@link Check} does not use it: with a long text it would try every place for the visible character. */
    String PATTERN = "^[^%1$s]*[^\\s%1$s][^%1$s]*$".formatted(Check.FORBIDDEN);

    String message() default "must be a text in one line, without control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<PlainText, String> {

        private static final String FORBIDDEN = "\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029\\uFFFE\\uFFFF";
        private static final Pattern ALLOWED = Pattern.compile("[^" + FORBIDDEN + "]*");
        private static final Pattern VISIBLE = Pattern.compile("\\S", Pattern.UNICODE_CHARACTER_CLASS);

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || keeps(value);
        }

        /** Whether a text keeps the rule. */
        public static boolean keeps(String text) {
            return ALLOWED.matcher(text).matches() && VISIBLE.matcher(text).find();
        }
    }
}
