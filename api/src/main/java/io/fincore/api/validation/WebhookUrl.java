package io.fincore.api.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL of at most 2048 characters that says plainly where it leads: no user, no fragment, and no address in
 * decimal, octal or hexadecimal disguise. Where it leads indeed is looked at when it is called. Null is left to {@code @NotNull}.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WebhookUrl.Check.class)
public @interface WebhookUrl {

    String message() default
            "must be an absolute http or https URL of at most 2048 characters, with a plain host, no user and no"
                    + " fragment";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<WebhookUrl, String> {

        private static final int LONGEST = 2048;
        private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
        private static final Pattern PLAIN_IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

        /** Some readers take a name whose last part is a number for an address (WHATWG URL, "ends in a number"). */
        private static final Pattern LIKE_AN_ADDRESS = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || (value.length() <= LONGEST && value.matches("[!-~]+") && isPlain(value));
        }

        private static boolean isPlain(String value) {
            try {
                URI url = new URI(value).parseServerAuthority();
                String host = url.getHost();
                return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                        && host != null
                        && url.getRawUserInfo() == null
                        && url.getRawFragment() == null
                        && url.getPort() != 0
                        && url.getPort() <= 65_535
                        && isPlainHost(host.toLowerCase(Locale.ROOT));
            } catch (URISyntaxException broken) {
                return false;
            }
        }

        private static boolean isPlainHost(String host) {
            // A zone says through which of our own interfaces.
            return host.startsWith("[")
                    ? host.indexOf('%') < 0
                    : !LIKE_AN_ADDRESS.matcher(host).matches()
                            || PLAIN_IPV4.matcher(host).matches();
        }
    }
}
