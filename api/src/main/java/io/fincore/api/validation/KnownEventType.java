package io.fincore.api.validation;

import io.fincore.outbox.EventType;
import io.fincore.outbox.WebhookEndpoint;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * A type of event that clients are sent, such as {@code payment.completed}, or {@code *} for all: whoever mistypes one would wait for
 * ever. Null is left to {@code @NotNull}.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = KnownEventType.Check.class)
public @interface KnownEventType {

    String message() default "must be '*' for all, or a type of event";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<KnownEventType, String> {

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            if (value == null || value.equals(WebhookEndpoint.ALL) || isForClients(value)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            "must be '*' for all, or one of " + String.join(", ", EventType.codesForClients()))
                    .addConstraintViolation();
            return false;
        }

        private static boolean isForClients(String value) {
            return EventType.ofCode(value).filter(EventType::isForClients).isPresent();
        }
    }
}
