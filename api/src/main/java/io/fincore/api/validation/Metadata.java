package io.fincore.api.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client's own data: at most 50 keys of 1 to 40 characters with texts of at most 500. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Metadata.Check.class)
public @interface Metadata {

    String message() default "must have at most 50 keys of 1 to 40 characters, each with a text of at most 500";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<Metadata, Map<String, @Nullable String>> {

        @Override
        public boolean isValid(@Nullable Map<String, @Nullable String> value, ConstraintValidatorContext context) {
            return value == null
                    || (value.size() <= 50
                            && value.entrySet().stream()
                                    .allMatch(entry -> isAllowed(entry.getKey(), 1, 40)
                                            && entry.getValue() != null
                                            && isAllowed(entry.getValue(), 0, 500)));
        }

        private static boolean isAllowed(String text, int min, int max) {
            int length = text.codePointCount(0, text.length());
            return length >= min && length <= max;
        }
    }
}
