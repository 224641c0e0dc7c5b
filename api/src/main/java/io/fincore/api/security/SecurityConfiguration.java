package io.fincore.api.security;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.problem.ProblemWriter;
import io.fincore.api.settings.FincoreProperties;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Which scope opens which route: all of it stands here. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, AuthenticationEntryPoint unauthenticated, AccessDeniedHandler denied)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/openapi", "/openapi.yaml", "/openapi/**", "/swagger-ui/**")
                        .permitAll()
                        // Signed, not authorised: see InboundController.
                        .requestMatchers(POST, "/v1/inbound/*/events")
                        .permitAll()
                        .requestMatchers(GET, "/v1/payments", "/v1/payments/**")
                        .hasAuthority("SCOPE_payments:read")
                        .requestMatchers("/v1/payments/*/refunds")
                        .hasAuthority("SCOPE_refunds:write")
                        .requestMatchers("/v1/payments", "/v1/payments/**")
                        .hasAuthority("SCOPE_payments:write")
                        .requestMatchers(GET, "/v1/refunds/**")
                        .hasAuthority("SCOPE_payments:read")
                        .requestMatchers(GET, "/v1/wallets", "/v1/wallets/**")
                        .hasAuthority("SCOPE_wallets:read")
                        .requestMatchers("/v1/wallets", "/v1/wallets/**", "/v1/transfers", "/v1/transfers/**")
                        .hasAuthority("SCOPE_wallets:write")
                        // Officers' notes are in it.
                        .requestMatchers("/v1/customers/*/export")
                        .hasAuthority("SCOPE_admin")
                        .requestMatchers("/v1/customers", "/v1/customers/**")
                        .hasAuthority("SCOPE_customers:write")
                        .requestMatchers("/v1/compliance-cases", "/v1/compliance-cases/**")
                        .hasAuthority("SCOPE_cases:write")
                        .requestMatchers("/v1/admin/**")
                        .hasAuthority("SCOPE_admin")
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(denied))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Tokens are never sent by a browser on its own.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Two spans for each of a dozen filters cost more than the filters; the request has its own span. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    JwtDecoder jwtDecoder(FincoreProperties properties) {
        return new LazyJwtDecoder(properties.security());
    }

    @Bean
    AuthenticationEntryPoint unauthenticated(ProblemWriter problems) {
        BearerTokenAuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
        return (request, response, thrown) -> {
            challenge.commence(request, response, thrown);
            problems.write(
                    new ProblemException(ProblemType.UNAUTHENTICATED, "Send a valid bearer token."), request, response);
        };
    }

    @Bean
    AccessDeniedHandler denied(ProblemWriter problems) {
        BearerTokenAccessDeniedHandler challenge = new BearerTokenAccessDeniedHandler();
        return (request, response, thrown) -> {
            challenge.handle(request, response, thrown);
            problems.write(
                    new ProblemException(ProblemType.INSUFFICIENT_SCOPE, "The token's scopes do not allow this."),
                    request,
                    response);
        };
    }
}
