package io.fincore.api.security;

import static org.springframework.http.HttpMethod.POST;

import io.fincore.api.limits.ClientLimits;
import io.fincore.api.limits.PrincipalPlaces;
import io.fincore.api.settings.FincoreProperties;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * The codec server's own rules: the one place that a page of another origin, Temporal's Web UI, may call, and where a cookie is as good
 * as a bearer token. A foreign page that has the cookie sent learns nothing by it: nothing is changed here, and CORS keeps the answer.
 */
@Configuration(proxyBeanMethods = false)
class CodecSecurityConfiguration {

    @Bean
    @Order(0)
    SecurityFilterChain codec(
            HttpSecurity http,
            FincoreProperties properties,
            Routes routes,
            AuthenticationEntryPoint unauthenticated,
            AccessDeniedHandler denied,
            ClientLimits limits,
            PrincipalPlaces places)
            throws Exception {
        JwtAuthenticationConverter granted = new JwtAuthenticationConverter();
        granted.setJwtGrantedAuthoritiesConverter(new Authorities());
        return http.securityMatcher(CodecCookie.ROUTES + "/**")
                .addFilter(origins(properties))
                .authorizeHttpRequests(requests -> requests.anyRequest().access(new RouteAccess(routes)))
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(granted))
                        .bearerTokenResolver(new CodecCookie())
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(denied))
                .addFilterAfter(new PrincipalLimitFilter(limits, places), BearerTokenAuthenticationFilter.class)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    private static CrossOriginFilter origins(FincoreProperties properties) {
        CorsConfiguration webUi = new CorsConfiguration();
        webUi.setAllowedOrigins(properties.payloads().webUi());
        webUi.setAllowedMethods(List.of(POST.name()));
        // The last is the id token, which the Web UI sends beside the access token.
        webUi.setAllowedHeaders(
                List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.AUTHORIZATION, "X-Namespace", "Authorization-Extras"));
        webUi.setAllowCredentials(true);
        webUi.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration(CodecCookie.DECODE, webUi);
        return new CrossOriginFilter(source);
    }
}
