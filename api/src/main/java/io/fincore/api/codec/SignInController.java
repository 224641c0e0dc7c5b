package io.fincore.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.CodecCookie;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * For a Web UI that has no sign-in of its own and so no token to pass on, as Temporal's development server's: a page where one's token
 * becomes a cookie, which the browser sends with what the Web UI asks of the codec server.
 */
@Hidden
@RestController
final class SignInController {

    private static final String PATH = DecodeController.PATH + "/sign-in";

    private static final String TOKEN = "token=";

    /** As for the headers, where tokens come otherwise. */
    private static final int MOST_BYTES = 16 * 1024;

    /** No script, nothing from elsewhere, in no frame. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final JwtDecoder tokens;
    private final String form = page("sign-in.html");
    private final String done = page("signed-in.html");

    SignInController(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> form() {
        return html().body(form);
    }

    /** The token comes in the body of the form, and so in no log of addresses. */
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> signIn(HttpServletRequest request) {
        Jwt verified;
        try {
            verified = tokens.decode(token(request).strip());
        } catch (BadJwtException bad) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "Send a valid token.");
        }
        if (!CodecCookie.mayDecode(verified)) {
            throw new ProblemException(
                    ProblemType.INSUFFICIENT_SCOPE, "The token lacks the scope " + CodecCookie.SCOPE + ".");
        }
        return html().header(
                        HttpHeaders.SET_COOKIE,
                        CodecCookie.of(verified, request.isSecure()).toString())
                .body(done);
    }

    /** Of a stranger's form no more is read than a token can have, and within the time that any body has. */
    private static String token(HttpServletRequest request) {
        try {
            byte[] form = request.getInputStream().readNBytes(MOST_BYTES + 1);
            if (form.length > MOST_BYTES) {
                throw new ProblemException(ProblemType.BODY_TOO_LARGE, "This form may have " + MOST_BYTES + " bytes.");
            }
            return Arrays.stream(new String(form, UTF_8).split("&", -1))
                    .filter(field -> field.startsWith(TOKEN))
                    .map(field -> URLDecoder.decode(field.substring(TOKEN.length()), UTF_8))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.parameter("token", "is required here"));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The form cannot be read.");
        }
    }

    private static ResponseEntity.BodyBuilder html() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, UTF_8))
                .header("Content-Security-Policy", POLICY);
    }

    private static String page(String name) {
        try (InputStream in =
                Objects.requireNonNull(SignInController.class.getResourceAsStream("/codec/" + name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
