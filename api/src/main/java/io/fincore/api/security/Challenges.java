package io.fincore.api.security;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.problem.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What who is refused is told: a problem, and the challenge of RFC 6750, section 3, in our own words, not in a library's. */
@Configuration(proxyBeanMethods = false)
class Challenges {

    /** A request without any token is told nothing but how to come (section 3.1). */
    @Bean
    AuthenticationEntryPoint unauthenticated(ProblemWriter problems) {
        return (request, response, thrown) -> {
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    thrown instanceof OAuth2AuthenticationException ? "Bearer error=\"invalid_token\"" : "Bearer");
            problems.write(
                    new ProblemException(ProblemType.UNAUTHENTICATED, "Send a valid bearer token."),
                    thrown,
                    request,
                    response);
        };
    }

    @Bean
    AccessDeniedHandler denied(ProblemWriter problems) {
        return (request, response, thrown) -> {
            if (!(thrown instanceof AuthorizationDeniedException denied
                    && denied.getAuthorizationResult() instanceof Missing missing)) {
                throw thrown;
            }
            String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + missing.scope() + "\"";
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    challenge
                            + missing.role()
                                    .map(role -> ", error_description=\"needs the role " + role.code() + "\"")
                                    .orElse(""));
            problems.write(
                    missing.role()
                            .map(role -> new ProblemException(
                                    ProblemType.INSUFFICIENT_ROLE, "The role " + role.code() + " is needed."))
                            .orElseGet(() -> new ProblemException(
                                    ProblemType.INSUFFICIENT_SCOPE, "The scope " + missing.scope() + " is needed.")),
                    thrown,
                    request,
                    response);
        };
    }
}
