package io.fincore.api.wallets;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;

/** Source and destination are not the same. Null is left to {@code @NotNull}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TwoWallets.Check.class)
@interface TwoWallets {

    String message() default "must be another wallet than the source";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<TwoWallets, TransferRequest> {

        @Override
        public boolean isValid(TransferRequest transfer, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                    .addPropertyNode("destination")
                    .addConstraintViolation();
            return transfer.source() == null || !Objects.equals(transfer.source(), transfer.destination());
        }
    }
}
