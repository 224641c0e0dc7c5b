package io.fincore.api.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.iban4j.BicFormatException;
import org.iban4j.BicUtil;
import org.iban4j.UnsupportedCountryException;
import org.jspecify.annotations.Nullable;

/** A BIC of 8 or 11 characters (ISO 9362). Null is left to {@code @NotNull}. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Bic.Check.class)
public @interface Bic {

    String message() default "must be a BIC of 8 or 11 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<Bic, String> {

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || isWellFormed(value);
        }

        private static boolean isWellFormed(String value) {
            try {
                BicUtil.validate(value);
                return true;
            } catch (BicFormatException | UnsupportedCountryException notABic) {
                return false;
            }
        }
    }
}
