package io.fincore.dev.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * An OAuth 2 server that believes every request, for a developer's machine only. Its key is made once per stack and kept: tokens
 * stay valid when it restarts, and nobody else's copy of the library signs tokens that this stack accepts.
 *
 * <p>Reads {@code ISSUER_PORT} and {@code ISSUER_KEY} (a file, created if missing) from the environment.
 */
public final class TokenIssuer {

    /** First segment of its paths, and the end of its issuer URL. */
    public static final String ID = "fincore";

    private static final int KEY_BITS = 2048;

    private TokenIssuer() {}

    public static void main(String[] args) throws IOException, JOSEException, ParseException {
        RSAKey key = key(Path.of(variable("ISSUER_KEY")));
        OAuth2TokenProvider tokens = new OAuth2TokenProvider(new KeyProvider(List.of(key)));
        MockOAuth2Server server = new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, tokens, Set.of(new RequestedClaims(ID))));
        server.start(InetAddress.getLoopbackAddress(), Integer.parseInt(variable("ISSUER_PORT")));
    }

    private static RSAKey key(Path file) throws IOException, JOSEException, ParseException {
        if (!Files.exists(file)) {
            RSAKey fresh = new RSAKeyGenerator(KEY_BITS).keyID(ID).generate();
            // createTempFile gives mode 600; renamed when complete.
            Path written = Files.createTempFile(Objects.requireNonNull(file.getParent()), ".key", ".new");
            Files.writeString(written, fresh.toJSONString());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return RSAKey.parse(Files.readString(file));
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }
}
