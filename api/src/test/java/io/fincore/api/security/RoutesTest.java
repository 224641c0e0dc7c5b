package io.fincore.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.http.HttpMethod.GET;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final AccessRule READ = new AccessRule(GET, "/v1/things/{id}", "things:read", null, KeyUse.NONE);
    private static final AccessRule SPECIAL =
            new AccessRule(GET, "/v1/things/special", "things:read", Role.ADMIN, KeyUse.NONE);

    @Test
    void looksAtTheMostSpecificFirst() {
        assertThat(Routes.join(
                                List.of(READ, SPECIAL),
                                Map.of("GET /v1/things/{id}", "Thing_read", "GET /v1/things/special", "Thing_special"))
                        .get("GET"))
                .extracting(Route::operation)
                .containsExactly("Thing_special", "Thing_read");
    }

    @Test
    void anOperationWithoutARuleStopsTheStart() {
        assertThatThrownBy(() -> Routes.join(
                        List.of(READ), Map.of("GET /v1/things/{id}", "Thing_read", "POST /v1/things", "Thing_create")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no row for [POST /v1/things]");
    }

    @Test
    void aRuleWithoutAnOperationStopsTheStart() {
        assertThatThrownBy(() -> Routes.join(List.of(READ, SPECIAL), Map.of("GET /v1/things/{id}", "Thing_read")))
                .hasMessageContaining("what does not exist: [GET /v1/things/special]");
    }

    @Test
    void twoRulesForOneOperationStopTheStart() {
        assertThatThrownBy(() -> Routes.join(
                        List.of(READ, new AccessRule(GET, "/v1/things/{id}", "other", null, KeyUse.NONE)),
                        Map.of("GET /v1/things/{id}", "Thing_read")))
                .hasMessageContaining("two rows for GET /v1/things/{id}");
    }
}
