package io.fincore.api.security;

import static org.springframework.http.HttpMethod.GET;

import com.github.benmanes.caffeine.cache.Ticker;
import io.fincore.api.limits.ClientLimits;
import io.fincore.api.limits.FailedTokens;
import io.fincore.api.limits.PrincipalPlaces;
import io.fincore.api.request.SafeHeaders;
import io.fincore.api.settings.FincoreProperties;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/** The filter chain; which scope and role opens which route stands in {@link AccessRules}, but for {@link CodecSecurityConfiguration}. */
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
    SecurityFilterChain api(
            HttpSecurity http,
            Routes routes,
            AuthenticationEntryPoint unauthenticated,
            AccessDeniedHandler denied,
            ClientLimits limits,
            PrincipalPlaces places)
            throws Exception {
        JwtAuthenticationConverter granted = new JwtAuthenticationConverter();
        granted.setJwtGrantedAuthoritiesConverter(new Authorities());
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/openapi", "/openapi.yaml", "/openapi/**", "/swagger-ui/**")
                        .permitAll()
                        // The pages that the types of problems name.
                        .requestMatchers(GET, "/problems", "/problems/*", "/problems.md")
                        .permitAll()
                        .anyRequest()
                        .access(new RouteAccess(routes)))
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(granted))
                        .bearerTokenResolver(new BearerTokens())
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(denied))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.defaultsDisabled()
                        .addHeaderWriter(new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, SafeHeaders.CACHE_CONTROL)))
                .addFilter(CrossOriginFilter.withoutRules())
                .addFilterAfter(new PrincipalLimitFilter(limits, places), BearerTokenAuthenticationFilter.class)
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
    JwtDecoder jwtDecoder(FincoreProperties properties, FailedTokens failures) {
        return new TokenDecoder(
                properties.security(),
                new IssuerKeys(new Discovery(properties.security().issuer()), Ticker.systemTicker()),
                signed -> new CountedFailures(signed, failures));
    }
}
